import type { components } from "@/api/schema";

type Shapes = components["schemas"];

export type MeetingView = Shapes["MeetingView"];
export type MeetingHead = Shapes["MeetingHead"];
export type Meetings = Shapes["Meetings"];
export type OnAgenda = Shapes["OnAgenda"];
export type Attendance = Required<Shapes["Attendance"]>;
export type Shown = Shapes["Shown"];
export type Missing = Shapes["Missing"];
export type MissingOfCase = Shapes["MissingOfCase"];
export type DecisionView = Shapes["DecisionView"];
export type Decisions = Shapes["Decisions"];
export type DecisionMade = Shapes["DecisionMade"];
export type DecidedOn = Shapes["DecidedOn"];
export type NewDecision = Shapes["NewDecision"];
export type Stated = Shapes["Stated"];
export type SecondLooks = Shapes["SecondLooks"];
export type LooksLine = Shapes["LooksLine"];
export type TaskView = Shapes["TaskView"];
export type Tasks = Shapes["Tasks"];
export type AgreementOfYear = Shapes["AgreementOfYear"];
export type DisagreementLine = Shapes["DisagreementLine"];
export type Disagreements = Shapes["Disagreements"];
export type Colleague = Shapes["Colleague"];
export type Specialty = Shapes["Specialty"];
export type Joined = Shapes["Joined"];
