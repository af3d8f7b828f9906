import { Choice, Field } from "@/look/field";
import { useDeciding } from "./deciding";
import { Off } from "./differing";
import type { ToDo } from "./form";

/** What is to be done, by whom, till when; each is followed until it is done. */
export function ToDos() {
  const { form, put, wrong, colleagues } = useDeciding();
  const { tasks, deadline } = form.value;
  const change = (nth: number, by: Partial<ToDo>) => put({ tasks: tasks.map((each, at) => (at === nth ? { ...each, ...by } : each)) });
  const owners = [["", "nobody yet"] as const, ...colleagues.value.map((each) => [each.person, each.name] as const)];
  return (
    <fieldset class="board-group">
      <legend>Tasks</legend>
      <div class="board-rows">
        {tasks.map((each, nth) => (
          <div key={nth} class="board-row">
            <div class="is-long">
              <Field label="What" value={each.what} onText={(what) => change(nth, { what })} maxLength={400} wrong={wrong.value.get(`task ${nth} what`) ?? ""} placeholder="MRI of the whole spine" />
            </div>
            <div class="field">
              <Choice label="Who" value={each.owner} options={owners} onChoose={(owner) => change(nth, { owner })} />
              {wrong.value.get(`task ${nth} owner`) && <span class="wrong">{wrong.value.get(`task ${nth} owner`)}</span>}
            </div>
            <Field label="Till" type="day" value={each.due} onText={(due) => change(nth, { due })} wrong={wrong.value.get(`task ${nth} due`) ?? ""} />
            <Off words={each.what || "this task"} onOff={() => put({ tasks: tasks.filter((_, at) => at !== nth) })} />
          </div>
        ))}
      </div>
      <p class="buttons">
        <button type="button" class="button compact" onClick={() => put({ tasks: [...tasks, { what: "", owner: "", due: deadline }] })}>
          + a task
        </button>
      </p>
    </fieldset>
  );
}
