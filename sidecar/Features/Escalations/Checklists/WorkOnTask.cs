using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Checklists;

/// <summary><c>/escalate task ESC-1 2.3 done</c>: everything that can be done with a task, by command (PB-3).</summary>
internal sealed class WorkOnTask(ChecklistUseCase desk, ChangeTask form, SkipStage stages)
    : ISlashCommand
{
    private static readonly ImmutableArray<string> Acts = ["done", "undo", "skip", "assign", "due"];

    private static readonly Parameter<UserId> Person = Arguments.User("user", "");

    private static readonly Parameter<TaskNumber> Number = new(
        "task",
        "2.3",
        source =>
            source.Next is not { } word ? ReadArgument.Absent<TaskNumber>()
            : TaskNumber.Read(word.Value) is { } number ? ReadArgument.Of(number)
            : int.TryParse(
                word.Value,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var stage
            )
            && stage > 0
                ? ReadArgument.Of(TaskNumber.Whole(stage))
            : ReadArgument.Wrong<TaskNumber>(
                $"“{word.Value}” is not the number of a task: write stage and place, as in `2.3`."
            )
    )
    {
        Hint =
            "Which task? Write stage and place, as in `2.3`; `/escalate tasks ESC-1` shows them.",
    };

    private static readonly Parameter<TaskAct?> Act = new(
        "what",
        "[done | undo | skip why | assign @user | due when]",
        ReadAct
    )
    {
        IsOptional = true,
        IsText = true,
        Hint =
            "What should be done with it? Write `done`, `undo`, `skip why`, `assign @user` or `due tomorrow 8am`.",
        Words = Parameter.Of("done", "undo", "skip", "assign", "due"),
    };

    public static Permission Permission => ChecklistRights.Work;

    public static CommandSpec Spec { get; } =
        new(
            "task",
            "Check off, skip or assign a checklist task",
            EscalationArguments.Id,
            Number,
            Act
        )
        {
            Examples =
            [
                "task ESC-12 2.3 done",
                "task ESC-12 2.3 undo",
                "task ESC-12 2.3 skip There is no such log",
                "task ESC-12 4 skip No release is needed",
                "task ESC-12 2.3 assign @engineer",
                "task ESC-12 2.3 due tomorrow 8am",
            ],
            Details =
                "With the number alone, its form opens. The number of a stage with `done` or `skip why` finishes everything still open in it. `assign nobody` and `due none` remove the assignee and the due time.",
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (id, number) = (call.Get(EscalationArguments.Id), call.Get(Number));
        var by = call.Envelope.User;
        if (number.IsStage)
        {
            return Stage(id, number.Stage, call.Get(Act), by, cancel);
        }

        var task = new TaskRef(id, number.ToString());
        return call.Get(Act) switch
        {
            null => form.Ask(task, by, cancel),
            { Act: "done" } => desk.Turn(task, TaskState.Done, "", by, cancel),
            { Act: "undo" } => desk.Turn(task, TaskState.Open, "", by, cancel),
            { Act: "skip", Text: var why } => desk.Turn(task, TaskState.Skipped, why, by, cancel),
            { Act: "assign", Person: var person } => Assign(task, person, by, cancel),
            { Text: var when } => Due(task, when, by, cancel),
        };
    }

    private async Task<Reply> Stage(
        EscalationId id,
        int stage,
        TaskAct? act,
        UserId by,
        CancellationToken cancel
    ) =>
        act?.Act is not ("done" or "skip")
            ? Reply.No(
                Markdown.Of(
                    $"What should happen to stage {stage}? {EscalationWords.Command($"task {id} {stage} skip why")} skips everything still open in it, {EscalationWords.Command($"task {id} {stage} done")} checks it off. Anything else is done task by task; {EscalationWords.Command($"tasks {id} {stage}")} shows them."
                )
            )
            : await stages.Finish(
                id,
                stage,
                act.Act == "skip" ? TaskState.Skipped : TaskState.Done,
                act.Text,
                by,
                cancel
            );

    private async Task<Reply> Assign(
        TaskRef task,
        UserId? to,
        UserId by,
        CancellationToken cancel
    ) =>
        to is { } person && await desk.Unsuitable(person, cancel) is { } why
            ? Reply.No(why)
            : await desk.Answer(
                task,
                await desk.Edit(task, t => TaskWish.Of(t) with { Assignee = to }, by, cancel),
                by,
                cancel
            );

    private async Task<Reply> Due(TaskRef task, string typed, UserId by, CancellationToken cancel)
    {
        DateTimeOffset? due = null;
        if (!ChecklistUseCase.IsNothing(typed))
        {
            switch (await desk.Due(typed, by, cancel))
            {
                case TypedTime.Unclear { Problem: var problem }:
                    return Reply.No(new TaskUnchanged(Markdown.Sentence(problem)));
                case TypedTime.Understood { Moment: var moment }:
                    due = moment;
                    break;
            }
        }

        return await desk.Answer(
            task,
            await desk.Edit(task, t => TaskWish.Of(t) with { DueAt = due }, by, cancel),
            by,
            cancel
        );
    }

    private static ReadArgument<TaskAct?> ReadAct(ArgumentSource source)
    {
        if (source.Next is not { } word)
        {
            return ReadArgument.Absent<TaskAct?>();
        }

        var (act, rest) = (word.Value.ToLowerInvariant(), source.Line.From(source.At + 1).Trim());
        var taken = source.Line.Words.Length - source.At;
        return act switch
        {
            "done" or "undo" when rest.Length == 0 => ReadArgument.Of<TaskAct?>(new TaskAct(act)),
            "done" or "undo" => ReadArgument.Wrong<TaskAct?>(
                $"I don’t know what to do with “{rest}” after `{act}`."
            ),
            "skip" => ReadArgument.Of<TaskAct?>(new TaskAct(act) { Text = rest }, taken),
            "due" when rest.Length == 0 => ReadArgument.Wrong<TaskAct?>(
                "When is it due? Write it as in `due tomorrow 8am`, or `due none`."
            ),
            "due" => ReadArgument.Of<TaskAct?>(new TaskAct(act) { Text = rest }, taken),
            "assign" => ReadPerson(source, rest),
            _ => ReadArgument.Wrong<TaskAct?>(
                Spelling.Near(act, Acts) is { } near
                    ? $"“{word.Value}” is not something you can do with a task; did you mean `{near}`?"
                    : $"“{word.Value}” is not something you can do with a task: write `done`, `undo`, `skip why`, `assign @user` or `due tomorrow 8am`."
            ),
        };
    }

    private static ReadArgument<TaskAct?> ReadPerson(ArgumentSource source, string rest)
    {
        if (rest.Length == 0)
        {
            return ReadArgument.Wrong<TaskAct?>(
                "Who should it go to? Write the at-name, as in `assign @name`, or `assign nobody`."
            );
        }

        if (ChecklistUseCase.IsNothing(rest))
        {
            return ReadArgument.Of<TaskAct?>(new TaskAct("assign"), taken: 2);
        }

        var person = Person.Reader(source with { At = source.At + 1 });
        return person.Problem is { } problem
            ? ReadArgument.Wrong<TaskAct?>(problem)
            : ReadArgument.Of<TaskAct?>(new TaskAct("assign") { Person = person.Value }, taken: 2);
    }
}

/// <summary>What somebody typed behind a task.</summary>
/// <param name="Act">One of the words.</param>
internal sealed record TaskAct(string Act)
{
    public string Text { get; init; } = "";

    public UserId? Person { get; init; }
}
