import * as React from 'react';
import type { Assignment, Mine, Todo } from '../answers.ts';
import type { Board } from '../board.ts';
import type { MyCustomers } from '../sources.ts';
import { calendarDay } from '../time.ts';
import { commandLabels, label, words } from '../words.ts';
import { ActButton, Button } from './button.tsx';
import { useLoaded, type Acting } from './hooks.ts';
import { Shown } from './notices.tsx';
import { Icon, Markdown, Moment, nameOf } from './text.tsx';

interface Props {
  readonly board: Board;
  readonly source: MyCustomers;
  readonly acting: Acting;
  readonly now: number;
  refresh(): void;
  open(id: string, from?: string): void;
}

export function MineView(props: Props): React.ReactElement {
  const loaded = useLoaded(props.source);
  return (
    <Shown host={props.board.host} loaded={loaded} refresh={props.refresh}>
      {(mine) =>
        mine.todo.length + mine.assignments.length === 0 ? (
          <p className="escalate-blank">{words.empty.customers}</p>
        ) : (
          <Both {...props} mine={mine} />
        )
      }
    </Shown>
  );
}

function Both({ mine, ...props }: Props & { mine: Mine }): React.ReactElement {
  return (
    <div className="escalate-mine">
      <section aria-labelledby="escalate-todo">
        <h4 id="escalate-todo">{words.todo}</h4>
        {mine.todo.length === 0 && <p className="escalate-dim">{words.nothingToDo}</p>}
        <ul className="escalate-todo">
          {mine.todo.map((todo, i) => (
            <TodoLine key={nameOfLine(mine.todo, i)} todo={todo} name={nameOfLine(mine.todo, i)} id={`escalate-todo-${i}`} {...props} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="escalate-assignments">
        <h4 id="escalate-assignments">{words.assignments}</h4>
        {mine.assignments.length === 0 && <p className="escalate-dim">{words.noAssignments}</p>}
        <ul>
          {mine.assignments.map((assignment) => (
            <AssignmentCard key={assignment.id} assignment={assignment} {...props} />
          ))}
        </ul>
      </section>
    </div>
  );
}

/** The same wherever it moves to: what it is about, since nothing else of it stays. */
const nameOfLine = (lines: readonly Todo[], at: number): string =>
  `${lines[at]?.command} ${lines.slice(0, at).filter(({ command }) => command === lines[at]?.command).length}`;

interface LineProps extends Props {
  readonly todo: Todo;
  readonly name: string;
  readonly id: string;
}

function TodoLine({ todo, name, id, board, acting, now, open }: LineProps): React.ReactElement {
  // What has details of its own here.
  const escalation = /\b(?:ESC|SRV|IMP)-\d+\b/i.exec(todo.command)?.[0];
  // Somebody has to be named first, which only typing can do.
  const isTemplate = /@|[<…]/.test(todo.command);
  const isOverdue = todo.urgency === 'overdue';
  const known = commandLabels.find(([form]) => form.test(todo.command))?.[1];
  // What a command does that is not known is to be read before it is done.
  const isRun = todo.command && !isTemplate && (known || !escalation);
  return (
    <li className="escalate-card">
      <div id={id}>
        <p className="escalate-line escalate-foot">
          <span className={isOverdue ? 'escalate-mark' : 'escalate-tag'}>
            {isOverdue && <Icon name="warning" size={12} />}
            {label('urgencies', todo.urgency)}
          </span>
          {todo.at && <Moment at={todo.at} now={now} say={words.due} />}
        </p>
        <Markdown host={board.host} text={todo.text} />
      </div>
      {isTemplate && (
        <p className="escalate-dim">
          {words.typeIt} <code>/escalate {todo.command}</code>
        </p>
      )}
      <div className="escalate-actions">
        {isRun && (
          <>
            <span id={`${id}-runs`} hidden>
              {words.runs(todo.command)}
            </span>
            <ActButton
              acting={acting}
              name={todo.command}
              label={known ?? todo.command}
              describedBy={`${id} ${id}-runs`}
              hint={words.runs(todo.command)}
              request={{ run: todo.command }}
            />
          </>
        )}
        {escalation && (
          <Button
            label={isRun || isTemplate ? words.openDetails : words.openOne(escalation.toUpperCase())}
            look="quiet"
            describedBy={id}
            id={name}
            onPress={() => open(escalation.toUpperCase(), name)}
          />
        )}
      </div>
    </li>
  );
}

function AssignmentCard({ assignment: one, acting, now }: Props & { assignment: Assignment }): React.ReactElement {
  const id = `escalate-${one.id}`;
  const people = (['engineer', 'backUp', 'customerEngineer'] as const).filter(
    (part) => one[part] && !one.parts.includes(part),
  );
  return (
    <li className="escalate-card">
      <h5 id={id} className="escalate-line">
        <bdi className="escalate-customer">{one.customer}</bdi>
        <span className="escalate-id">{one.id}</span>
      </h5>
      <p className="escalate-line escalate-foot">
        {one.parts.map((part) => (
          <span key={part} className="escalate-tag">
            {label('parts', part)}
          </span>
        ))}
        <span>{label('kinds', one.kind)}</span>
        {one.state !== 'active' && <span>{label('assignmentStates', one.state)}</span>}
      </p>
      <dl className="escalate-facts">
        {people.map((part) => (
          <Line key={part} name={words[part]} text={nameOf(one[part])} />
        ))}
        <Line name={words.nextCheckIn} text={one.nextCheckInAt && <Moment at={one.nextCheckInAt} now={now} />} />
        <Line name={words.endsOn} text={one.endsOn && calendarDay(one.endsOn)} />
        <Line name={words.reviewOn} text={one.reviewOn && calendarDay(one.reviewOn)} />
      </dl>
      {one.isCheckInOpen && (
        <p className="escalate-mark">
          <Icon name="clock" size={12} />
          {words.checkInOpen}
        </p>
      )}
      <div className="escalate-actions">
        <ActButton
          acting={acting}
          name={`show ${one.id}`}
          label={words.showAssignment}
          look="quiet"
          describedBy={id}
          request={{ run: `engineer show ${one.id}` }}
        />
      </div>
    </li>
  );
}

const Line = ({ name, text }: { name: string; text: React.ReactNode }): React.ReactElement | null =>
  text ? (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{text}</bdi>
      </dd>
    </div>
  ) : null;
