import * as React from 'react';
import type { Escalation, Stage, Task } from '../answers.ts';
import type { Board } from '../board.ts';
import type { ActCode } from '../wire.ts';
import { words } from '../words.ts';
import type { Acting } from './hooks.ts';
import { Menu, type Choice } from './menu.tsx';
import { Icon, Moment, nameOf, Typed } from './text.tsx';

interface Props {
  readonly board: Board;
  readonly one: Escalation;
  readonly acting: Acting;
  readonly now: number;
}

/** The stage that is under way is open, the others are a line each; whoever opens or folds one has it so. */
export function Checklist({ one, ...rest }: Props): React.ReactElement | null {
  const [turned, setTurned] = React.useState<Readonly<Record<string, boolean>>>({});
  const current = one.checklist.find(({ tasks }) => tasks.some(({ state }) => state === 'open'))?.number;
  return one.checklist.length === 0 ? null : (
    <section aria-labelledby="escalate-checklist">
      <h4 id="escalate-checklist" className="escalate-line">
        {words.checklist}
        <Count tasks={one.checklist.flatMap(({ tasks }) => tasks)} />
      </h4>
      {one.playbook && <p className="escalate-dim">{words.playbook(one.playbook)}</p>}
      {one.checklist.map((stage) => {
        const isOpen = turned[stage.number] ?? stage.number === current;
        const turn = (): void => setTurned({ ...turned, [stage.number]: !isOpen });
        return <StageGroup key={stage.number} stage={stage} isOpen={isOpen} turn={turn} one={one} {...rest} />;
      })}
    </section>
  );
}

interface StageProps extends Props {
  readonly stage: Stage;
  readonly isOpen: boolean;
  turn(): void;
}

/** Something that is done with a task, or with all that is open of a stage. */
const choice = (one: Escalation, task: string, act: ActCode, label: string): Choice => ({
  key: act,
  label,
  ask: { act, task, id: one.id },
});

function StageGroup({ stage, isOpen, turn, one, acting, ...rest }: StageProps): React.ReactElement {
  const id = `escalate-stage-${stage.number}`;
  const isOver = stage.tasks.every(({ state }) => state !== 'open');
  const choices = stage.mayFinish
    ? [choice(one, stage.number, 'done', words.finishStage), choice(one, stage.number, 'skip', words.skipStage)]
    : [];
  return (
    <div role="group" aria-labelledby={id} className="escalate-stage">
      <div className="escalate-stage-head">
        <h5>
          <button type="button" id={id} className="escalate-fold" aria-expanded={isOpen} onClick={turn}>
            <Icon name={isOpen ? 'down' : 'right'} size={12} />
            <span className={isOver ? 'escalate-dim' : ''}>
              {stage.number} <bdi>{stage.title}</bdi>
            </span>
            <Count tasks={stage.tasks} />
          </button>
        </h5>
        <Menu of={words.stage(stage.title)} choices={choices} acting={acting} isIconic isQuiet />
      </div>
      {isOpen && (
        <ul>
          {stage.tasks.map((task) => (
            <TaskLine key={task.number} task={task} one={one} acting={acting} {...rest} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Count({ tasks }: { tasks: readonly Task[] }): React.ReactElement {
  const over = tasks.filter(({ state }) => state !== 'open').length;
  return (
    <span className="escalate-count" aria-label={words.doneOfLabel(over, tasks.length)}>
      {words.doneOf(over, tasks.length)}
    </span>
  );
}

function TaskLine({ task, board, one, acting, now }: Props & { task: Task }): React.ReactElement {
  const isDone = task.state === 'done';
  const ask = choice(one, task.number, isDone ? 'undo' : 'done', '').ask;
  const isBusy = acting.isUnderWay(ask);
  return (
    <li className={`escalate-task escalate-task-${task.state === 'open' ? 'open' : 'over'}`}>
      <label>
        <input
          type="checkbox"
          checked={isDone !== isBusy}
          disabled={!task.mayChange || task.state === 'skipped'}
          aria-disabled={acting.busy !== undefined || undefined}
          aria-busy={isBusy || undefined}
          onChange={() => acting.act(ask, true)}
        />
        <span className="escalate-task-text">
          <span className="escalate-task-title">
            <span className="escalate-dim">{task.number}</span> <Typed text={task.title} />
          </span>
          <TaskFacts task={task} now={now} />
        </span>
      </label>
      <Menu
        of={words.task(task.number)}
        choices={task.mayChange ? choicesOf(task, one, board.userId()) : []}
        acting={acting}
        isIconic
        isQuiet
      />
    </li>
  );
}

function choicesOf(task: Task, one: Escalation, reader: string): readonly Choice[] {
  const make = (act: ActCode, label: string): Choice => choice(one, task.number, act, label);
  return task.state === 'open'
    ? [
        ...(task.assignee?.id === reader && reader ? [] : [make('mine', words.assignToMe)]),
        make('assign', words.assignTo),
        make('due', words.setDue),
        make('skip', words.skip),
      ]
    : [make('undo', words.reopen)];
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
