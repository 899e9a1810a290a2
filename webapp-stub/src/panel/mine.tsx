import * as React from 'react';
import type { Assignment, Customer, Mine, Setup, Todo } from '../answers.ts';
import type { Board } from '../board.ts';
import type { MyWork } from '../sources.ts';
import { calendarDay } from '../time.ts';
import { label, words } from '../words.ts';
import { ActButton, Button } from './button.tsx';
import { useLoaded, type Acting } from './hooks.ts';
import { Shown } from './notices.tsx';
import { Icon, Markdown, Moment, nameOf } from './text.tsx';

interface Props {
  readonly board: Board;
  readonly source: MyWork;
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
        mine.todo.length + mine.assignments.length + mine.customers.length === 0 && !mine.setup ? (
          <p className="escalate-blank">{words.empty.work}</p>
        ) : (
          <All {...props} mine={mine} />
        )
      }
    </Shown>
  );
}

function All({ mine, ...props }: Props & { mine: Mine }): React.ReactElement {
  return (
    <div className="escalate-mine">
      {mine.setup && <SetupSteps {...props} setup={mine.setup} />}
      <section aria-labelledby="escalate-todo">
        <h4 id="escalate-todo">{words.todo}</h4>
        {mine.todo.length === 0 && <p className="escalate-dim">{words.nothingToDo}</p>}
        <ul className="escalate-todo">
          {mine.todo.map((todo, i) => (
            <TodoLine key={nameOfLine(mine.todo, i)} todo={todo} name={nameOfLine(mine.todo, i)} id={`escalate-todo-${i}`} {...props} />
          ))}
        </ul>
      </section>
      {mine.assignments.length > 0 && (
        <section aria-labelledby="escalate-assignments">
          <h4 id="escalate-assignments">{words.assignments}</h4>
          <ul>
            {mine.assignments.map((assignment) => (
              <AssignmentCard key={assignment.id} assignment={assignment} {...props} />
            ))}
          </ul>
        </section>
      )}
      {mine.customers.length > 0 && (
        <section aria-labelledby="escalate-customers">
          <h4 id="escalate-customers">{words.customers}</h4>
          <ul className="escalate-plain">
            {mine.customers.map((customer) => (
              <CustomerLine key={customer.key} customer={customer} acting={props.acting} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** What is missing, each step one press away; what is done is one line. */
function SetupSteps({ setup, board, acting }: Pick<Props, 'board' | 'acting'> & { setup: Setup }): React.ReactElement {
  const done = setup.steps.filter(({ isDone }) => isDone).map(({ title }) => title);
  return (
    <section aria-labelledby="escalate-setup">
      <h4 id="escalate-setup" className="escalate-line">
        {words.setup}
        <span className="escalate-count">{words.doneOf(setup.done, setup.steps.length)}</span>
      </h4>
      <ul>
        {setup.steps.map(
          (step, i) =>
            !step.isDone && (
              <li key={step.title} className="escalate-card">
                <h5 id={`escalate-step-${i}`}>{step.title}</h5>
                <Markdown host={board.host} text={step.text} />
                {step.action && (
                  <div className="escalate-actions">
                    <ActButton
                      acting={acting}
                      label={step.action.label}
                      describedBy={`escalate-step-${i}`}
                      ask={step.action.ask}
                    />
                  </div>
                )}
              </li>
            ),
        )}
      </ul>
      {done.length > 0 && <p className="escalate-dim escalate-after">{words.setupDone(done.join(', '))}</p>}
    </section>
  );
}

/** The same wherever it moves to: what it is about, since nothing else of it stays. */
const nameOfLine = (lines: readonly Todo[], at: number): string => {
  const name = ({ about, action }: Todo): string => `${about} ${JSON.stringify(action?.ask)}`;
  const own = lines[at] ? name(lines[at]) : '';
  return `${own} ${lines.slice(0, at).filter((one) => name(one) === own).length}`;
};

interface LineProps extends Props {
  readonly todo: Todo;
  readonly name: string;
  readonly id: string;
}

function TodoLine({ todo, name, id, board, acting, now, open }: LineProps): React.ReactElement {
  const isOverdue = todo.urgency === 'overdue';
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
      <div className="escalate-actions">
        {todo.action && <ActButton acting={acting} label={todo.action.label} describedBy={id} ask={todo.action.ask} />}
        <Button label={words.openDetails} look="quiet" describedBy={id} id={name} onPress={() => open(todo.about, name)} />
      </div>
    </li>
  );
}

function AssignmentCard({ assignment: one, now, open }: Props & { assignment: Assignment }): React.ReactElement {
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
        <Button label={words.openDetails} look="quiet" describedBy={id} id={one.id} onPress={() => open(one.id)} />
      </div>
    </li>
  );
}

function CustomerLine({ customer, acting }: { customer: Customer; acting: Acting }): React.ReactElement {
  const id = `escalate-customer-${customer.key}`;
  return (
    <li className="escalate-line">
      <span id={id} className="escalate-line">
        <bdi className="escalate-customer">{customer.name}</bdi>
        {customer.parts.map((part) => (
          <span key={part} className="escalate-tag">
            {label('customerParts', part)}
          </span>
        ))}
        <span className="escalate-dim escalate-small">{words.openOf(customer.open)}</span>
      </span>
      <span className="escalate-gap" />
      <ActButton acting={acting} label={customer.action.label} look="quiet" describedBy={id} ask={customer.action.ask} />
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
