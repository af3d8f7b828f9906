import { afterEach, expect, test, vi } from "vitest";
import * as client from "@/api/client";
import type { Turn } from "../nouns";
import { OpenMeeting } from "./meeting";

/** A server that answers a turn when it is told to. */
function serverOfTurns() {
  const waiting: ((turn: Turn) => void)[] = [];
  const put = vi.spyOn(client, "put").mockImplementation((() => new Promise<Turn>((answer) => waiting.push(answer))) as typeof client.put);
  return { asked: () => put.mock.calls.map(([, place]) => (place as { view: string }).view), answer: (turn: number) => waiting.shift()?.({ turn }) };
}

const settled = () => new Promise((done) => setTimeout(done));
const at = (view: string) => ({ case_id: "2f41", view });

afterEach(() => vi.restoreAllMocks());

test("turns are made one after another, and of those that wait the last", async () => {
  const [server, meeting] = [serverOfTurns(), new OpenMeeting("7")];
  void meeting.show(at("story"));
  await settled();
  void meeting.show(at("pictures"));
  void meeting.show(at("scores"));
  await settled();
  expect(server.asked()).toEqual(["story"]);
  server.answer(1);
  await settled();
  expect(server.asked()).toEqual(["story", "scores"]);
  server.answer(2);
  await settled();
  expect(meeting.shown.value).toMatchObject({ view: "scores", turn: 2, isMine: true });
});

test("an earlier turn that is heard later changes nothing", async () => {
  const [server, meeting] = [serverOfTurns(), new OpenMeeting("7")];
  const tell = (view: string, turn: number) => meeting["turned"]({ ...at(view), by: "ada", turn });
  tell("scores", 4);
  tell("story", 3);
  expect(meeting.shown.value).toMatchObject({ view: "scores", isMine: false });
  void meeting.show(at("pictures"));
  await settled();
  server.answer(5);
  await settled();
  tell("pictures", 5); // the echo of one's own
  expect(meeting.shown.value).toMatchObject({ view: "pictures", isMine: true });
});
