import "@/look/tokens.css";
import "@/look/base.css";
import "@/look/parts.css";
import "@/shell/shell.css";
import { render } from "preact";
import { Shell } from "@/shell/shell";
import { recall } from "@/shell/session";

const page = document.getElementById("page");
if (page) render(<Shell />, page);
void recall();
