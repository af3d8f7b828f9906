/** The nouns of the workbench by the names its pages use; what they hold is generated from the server's own description. */

import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type BenchView = Schemas["Bench"];
export type BenchImage = Schemas["BenchImage"];
export type Structure = Schemas["BenchStructure"];
export type Vouched = Schemas["Vouched"];
export type Measure = Schemas["BenchMeasure"];
export type Measures = Schemas["BenchMeasures"];
export type Painted = Schemas["Painted"];
export type GrowWish = Schemas["GrowWish"];
export type RelabelWish = Schemas["RelabelWish"];
export type Drawn = Schemas["Drawn"];
export type DrawnLine = Schemas["DrawnLine"];
export type Operation = Schemas["BenchOperation"];
export type Operations = Schemas["BenchOperations"];
export type Cut = Schemas["BenchCut"];
export type Margin = Schemas["BenchMargin"];
export type PriceLine = Schemas["PriceLine"];
export type Risk = Schemas["BenchRisk"];
export type Clearance = Schemas["BenchClearance"];
export type Stop = Schemas["BenchStop"];
export type Held = Schemas["Held"];
export type MoveWish = Schemas["MoveWish"];
export type Moved = Schemas["Moved"];
export type Mesh = Schemas["BenchMesh"];
export type Meshes = Schemas["BenchMeshes"];
export type MovedCut = Schemas["MovedCut"];
export type SaveBench = Schemas["SaveBench"];
export type BenchSaved = Schemas["BenchSaved"];
