import * as React from 'react';
import type { Escalation, Stage, Task } from '../answers.ts';
import { words } from '../words.ts';
import type { Acting } from './hooks.ts';
import { Icon, Moment, nameOf, Typed } from './text.tsx';

interface Props {
  readonly one: Escalation;
  readonly acting: Acting;
  readonly now: number;
}

export function Checklist({ one, acting, now }: Props): React.ReactElement | null {
  return one.checklist.length === 0 ? null : (
    <section aria-labelledby="escalate-checklist">
      <h4 id="escalate-checklist">{words.checklist}</h4>
      {one.playbook && <p className="escalate-dim">{words.playbook(one.playbook)}</p>}
      {one.checklist.map((stage, i) => (
        <StageGroup key={i} stage={stage} index={i} one={one} acting={acting} now={now} />
      ))}
    </section>
  );
}

function StageGroup({ stage, index, ...rest }: Props & { stage: Stage; index: number }): React.ReactElement {
  const over = stage.tasks.filter(({ state }) => state !== 'open').length;
  const id = `escalate-stage-${index}`;
  return (
    <div role="group" aria-labelledby={id} className="escalate-stage">
      <h5 id={id}>
        <bdi>{stage.title}</bdi>
        <span className="escalate-count" aria-label={words.doneOfLabel(over, stage.tasks.length)}>
          {words.doneOf(over, stage.tasks.length)}
        </span>
      </h5>
      <ul>
        {stage.tasks.map((task) => (
          <TaskLine key={task.number} task={task} {...rest} />
        ))}
      </ul>
    </div>
  );
}

function TaskLine({ task, one, acting, now }: Props & { task: Task }): React.ReactElement {
  const name = `task ${one.id} ${task.number}`;
  const isBusy = acting.busy === name;
  const mayCheck = task.mayChange && task.state !== 'skipped';
  const isDone = task.state === 'done';
  const change = (): void =>
    acting.act(name, { run: `task ${one.id} ${task.number} ${isDone ? 'undo' : 'done'}` }, true);
  return (
    <li className={`escalate-task escalate-task-${isDone || task.state === 'skipped' ? 'over' : 'open'}`}>
      <label>
        <input
          type="checkbox"
          checked={isDone !== isBusy}
          disabled={!mayCheck}
          aria-disabled={acting.busy !== undefined || undefined}
          aria-busy={isBusy || undefined}
          onChange={change}
        />
        <span className="escalate-task-text">
          <span className="escalate-task-title">
            <span className="escalate-dim">{task.number}</span> <Typed text={task.title} />
          </span>
          <TaskFacts task={task} now={now} />
        </span>
      </label>
    </li>
  );
}

function TaskFacts({ task, now }: { task: Task; now: number }): React.ReactElement | null {
  const isOpen = task.state === 'open';
  const facts = [
    task.repliesToCustomer && isOpen && <span className="escalate-tag">{words.repliesToCustomer}</span>,
    task.assignee && isOpen && <bdi>{nameOf(task.assignee)}</bdi>,
    task.dueAt && isOpen && <TaskDue task={task} now={now} dueAt={task.dueAt} />,
    task.state === 'skipped' && <span dir="auto">{words.skipped(byOf(task), task.reason ?? '')}</span>,
    task.state === 'done' && task.by && <bdi>{words.doneBy(byOf(task))}</bdi>,
  ].filter(Boolean);
  return facts.length === 0 ? null : (
    <span className="escalate-line escalate-foot">
      {facts.map((fact, i) => (
        <React.Fragment key={i}>{fact}</React.Fragment>
      ))}
    </span>
  );
}

const TaskDue = ({ task, dueAt, now }: { task: Task; dueAt: string; now: number }): React.ReactElement =>
  task.isOverdue || Date.parse(dueAt) <= now ? (
    <span className="escalate-mark">
      <Icon name="warning" size={12} />
      <Moment at={dueAt} now={now} say={words.overdue} />
    </span>
  ) : (
    <Moment at={dueAt} now={now} say={words.due} />
  );

const byOf = (task: Task): string => (task.by ? nameOf(task.by) : words.someone);
