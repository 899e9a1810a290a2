using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Api.Resources;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Playbooks followed and their checklists worked on over the API (PB-2, PB-3, PB-8).</summary>
internal sealed class ChecklistResource(
    ChecklistUseCase checklists,
    StartPlaybook start,
    HoldRetrospective retrospective,
    IncidentReaders readers,
    EscalationReads reads,
    ApiAnswers answers
)
{
    private const string State = "state";
    private const string Reason = "reason";
    private const string Assignee = "assignee";
    private const string DueAt = "dueAt";
    private const string Which = "playbook";
    private const string Issue = "issue";
    private const string Improvements = "improvements";
    private const string Changes = "changes";

    private static readonly Dictionary<string, TaskState> States = Enum.GetValues<TaskState>()
        .ToDictionary(Code, StringComparer.Ordinal);

    private static readonly ApiField TaskField = new(
        "task",
        FieldType.Text,
        "Stage and place: 2.3."
    )
    {
        MaxLength = 20,
    };

    private static readonly ApiField StageField = new(
        "stage",
        FieldType.Integer,
        "Which stage, from 1."
    )
    {
        Min = 1,
        Max = 1000,
    };

    private static readonly ApiField Why = new(
        Reason,
        FieldType.Text,
        "Why it is skipped; on the record."
    )
    {
        MaxLength = Escalation.MaxTaskReasonLength,
    };

    private static readonly Dictionary<string, string> NoNames = [];

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "getChecklist",
            "GET",
            "/escalations/{id}/tasks",
            "Read the checklist of an escalation",
            TokenScope.ReadEscalations
        )
        {
            Tag = "Checklists",
            Description = "That of a private incident is for its readers.",
            PathFields = [EscalationFieldsOfApi.Id],
            Result = ApiJson.Default.ChecklistView,
            Refusals = [404, 409],
            Run = (parts, call, cancel) => Of(parts).Get(call, cancel),
        },
        new(
            "changeTask",
            "POST",
            "/escalations/{id}/tasks/{task}",
            "Check, skip, reopen, assign a task, or say when it is due",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Checklists",
            Description = "What is not sent stays as it is; null removes an assignee or a time.",
            PathFields = [EscalationFieldsOfApi.Id, TaskField],
            Body =
            [
                new(State, FieldType.Choice, "What becomes of it.") { Choices = [.. States.Keys] },
                Why,
                new(Assignee, FieldType.Person, "Who does it.") { CanBeNull = true },
                new(DueAt, FieldType.Moment, "When it must be done.") { CanBeNull = true },
            ],
            Result = ApiJson.Default.ChecklistTaskView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Change(call, cancel),
            Again = (parts, call, cancel) => Of(parts).Now(call, cancel),
        },
        new(
            "finishStage",
            "POST",
            "/escalations/{id}/stages/{stage}",
            "Check or skip all that is open of a stage",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Checklists",
            PathFields = [EscalationFieldsOfApi.Id, StageField],
            Body =
            [
                new(State, FieldType.Choice, "What becomes of them.")
                {
                    IsRequired = true,
                    Choices = [.. States.Keys.Where(s => s != Code(TaskState.Open))],
                },
                Why,
            ],
            Result = ApiJson.Default.ChecklistStageView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Finish(call, cancel),
            Again = (parts, call, cancel) => Of(parts).StageNow(call, cancel),
        },
        new(
            "startPlaybook",
            "POST",
            "/escalations/{id}/playbook",
            "Follow a playbook",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Checklists",
            Description = "When the incident channel could not be opened, this tries it again.",
            PathFields = [EscalationFieldsOfApi.Id],
            Body =
            [
                new(
                    Which,
                    FieldType.Text,
                    "Which; the one for its severity and category unless it is sent."
                ),
            ],
            Result = ApiJson.Default.EscalationView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Start(call, cancel),
            Again = EscalationReads.Read,
        },
        new(
            "holdRetrospective",
            "POST",
            "/escalations/{id}/retrospective",
            "Answer the three questions of the mini-retrospective",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Checklists",
            Description = "Answered again, the answers are corrected.",
            PathFields = [EscalationFieldsOfApi.Id],
            Body =
            [
                Question(Issue, "What was the issue?"),
                Question(Improvements, "What might improve?"),
                Question(Changes, "What do we change?"),
            ],
            Result = ApiJson.Default.EscalationView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Hold(call, cancel),
            Again = EscalationReads.Read,
        },
    ];

    private static ChecklistResource Of(IServiceProvider parts) =>
        parts.GetRequiredService<ChecklistResource>();

    private static ApiField Question(string name, string what) =>
        new(name, FieldType.Text, what)
        {
            IsRequired = true,
            MaxLength = Escalation.MaxLongTextLength,
        };

    private static string Code(TaskState state) =>
        JsonNamingPolicy.CamelCase.ConvertName($"{state}");

    private async Task<ApiAnswer> Get(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        if (await readers.WhyNot(found!, call.User, cancel) is { } hidden)
        {
            return await answers.Of(hidden, cancel);
        }

        if (found!.Incident is not { } incident)
        {
            return await answers.Of(new NoChecklist(found), cancel);
        }

        await Know(incident, cancel);
        return new ApiAnswer.OfValue(
            new ChecklistView(
                found.Id.ToString(),
                incident.PlaybookName,
                incident.StartedAt,
                [.. incident.Stages.Select((stage, i) => View(stage, i + 1, _ => true))],
                incident.Retrospective is { } held
                    ? new RetrospectiveView(
                        held.Issue,
                        held.Improvements,
                        held.Changes,
                        answers.Person(held.By),
                        held.At
                    )
                    : null
            )
        );
    }

    private async Task<ApiAnswer> Change(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, ChecklistRights.Work, cancel);
        if (problem is not null)
        {
            return problem;
        }

        if (NumberOf(call) is not { } number)
        {
            return NoTask;
        }

        var (assignee, nobody) = await answers.Named(call, Assignee, cancel);
        if (nobody is not null)
        {
            return nobody;
        }

        if (assignee is { } person && await checklists.Unsuitable(person, cancel) is { } why)
        {
            return ApiProblem.Unprocessable(Assignee, await answers.Plain(why.Sentence, cancel));
        }

        var decision = await checklists.Edit(
            new TaskRef(found!.Id, number.ToString()),
            task => Wished(task, call, assignee),
            call.User,
            cancel
        );
        return await Refused(decision, cancel) is { } refused ? refused : await Now(call, cancel);
    }

    /// <summary>How the task shall be; null when somebody brought it there already, or to where it can’t go on from.</summary>
    private static TaskWish? Wished(IncidentTask task, ApiCall call, UserId? assignee)
    {
        var wish = TaskWish.Of(task);
        if (call[State] is { } state)
        {
            var isSo = States[state] == task.State;
            var isAll = call[Assignee] is null && call[DueAt] is null;
            if (isSo ? isAll : task.State != TaskState.Open && States[state] != TaskState.Open)
            {
                return null;
            }

            wish = isSo
                ? wish
                : wish with
                {
                    State = States[state],
                    Reason = (call[Reason] ?? "").Trim(),
                };
        }

        return wish with
        {
            Assignee = call[Assignee] is null ? wish.Assignee : assignee,
            DueAt = call[DueAt] switch
            {
                null => wish.DueAt,
                "" => null,
                var at => ApiField.Moment(at),
            },
        };
    }

    private async Task<ApiAnswer> Finish(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, ChecklistRights.Work, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var decision = await checklists.FinishStage(
            found!.Id,
            StageOf(call),
            States[call[State]!],
            (call[Reason] ?? "").Trim(),
            call.User,
            cancel
        );
        return await Refused(decision, cancel) is { } refused
            ? refused
            : await StageNow(call, cancel);
    }

    private async ValueTask<ApiProblem?> Refused(Decision decision, CancellationToken cancel) =>
        decision switch
        {
            // What is so already was asked for, and is so.
            Decision.Refused { Why: TaskUnchanged } => null,
            Decision.Refused { Why: SkipReasonMissing } => ApiProblem.Unprocessable(
                Reason,
                "Skipping a task needs a reason; it stays on the record."
            ),
            Decision.Refused { Why: DueInThePast } => ApiProblem.Unprocessable(
                DueAt,
                "That time has passed already."
            ),
            Decision.Refused { Why: NoSuchTask why } => ApiProblem.NotFound(
                await answers.Plain(why.Sentence, cancel)
            ),
            _ => await answers.Of(decision, cancel),
        };

    /// <summary>The task as it is now. Whoever changed it knows it; nobody else reads it here.</summary>
    private async Task<ApiAnswer> Now(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        if (
            NumberOf(call) is not { } number
            || found!.Incident?.Find(number) is not { } task
            || !await MayRead(found, task, call.User, cancel)
        )
        {
            return NoTask;
        }

        await Know(found.Incident, cancel);
        return new ApiAnswer.OfValue(View(number, task));
    }

    /// <summary>The stage as it is now: of a private incident those tasks that its reader may know.</summary>
    private async Task<ApiAnswer> StageNow(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var stage = StageOf(call);
        if (found!.Incident is not { } incident || stage > incident.Stages.Length)
        {
            return NoTask;
        }

        var all = await readers.MayRead(found, call.User, cancel);
        await Know(incident, cancel);
        return new ApiAnswer.OfValue(
            View(
                incident.Stages[stage - 1],
                stage,
                task => all || task.Assignee == call.User || task.By == call.User
            )
        );
    }

    private async Task<ApiAnswer> Start(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, EscalationRights.Start, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var name = call[Which] is { Length: > 0 } typed ? typed : null;
        return await start.Start(found!.Id, name, call.User, cancel) switch
        {
            Decision.Refused { Why: NoSuchPlaybook why } => ApiProblem.Unprocessable(
                Which,
                await answers.Plain(why.Sentence, cancel)
            ),
            var decision => await answers.Of(decision, cancel) is { } refused
                ? refused
                : await reads.Get(call, cancel),
        };
    }

    private async Task<ApiAnswer> Hold(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, EscalationRights.Conclude, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var reply = await retrospective.Submit(
            new Submission<EscalationRef>(
                call.Envelope(found!.Channel),
                new EscalationRef(found.Id),
                call.Form(
                    (HoldRetrospective.Issue, Issue),
                    (HoldRetrospective.Improvements, Improvements),
                    (HoldRetrospective.Changes, Changes)
                )
            ),
            cancel
        );
        return await answers.Of(reply, NoNames, cancel) is { } refused
            ? refused
            : await reads.Get(call, cancel);
    }

    private static ApiProblem NoTask { get; } =
        ApiProblem.NotFound("There is no such task: write stage and place, as in 2.3.");

    private static TaskNumber? NumberOf(ApiCall call) => TaskNumber.Read(call[TaskField.Name]!);

    private static int StageOf(ApiCall call) =>
        int.Parse(call[StageField.Name]!, CultureInfo.InvariantCulture);

    private async ValueTask<bool> MayRead(
        Escalation escalation,
        IncidentTask task,
        UserId reader,
        CancellationToken cancel
    ) =>
        task.Assignee == reader
        || task.By == reader
        || await readers.MayRead(escalation, reader, cancel);

    private Task Know(Incident incident, CancellationToken cancel) =>
        answers.Know(
            incident
                .Tasks.SelectMany(t => new[] { t.By, t.Assignee })
                .Append(incident.Retrospective?.By),
            cancel
        );

    private ChecklistStageView View(
        IncidentStage stage,
        int number,
        Func<IncidentTask, bool> isShown
    ) =>
        new(
            number,
            stage.Title,
            [
                .. stage
                    .Tasks.Select((task, i) => (Number: new TaskNumber(number, i + 1), Task: task))
                    .Where(t => isShown(t.Task))
                    .Select(t => View(t.Number, t.Task)),
            ]
        );

    private ChecklistTaskView View(TaskNumber number, IncidentTask task) =>
        new(
            number.ToString(),
            task.Title,
            Code(task.State),
            task.Reason.Length == 0 ? null : task.Reason,
            answers.Person(task.By),
            task.At,
            answers.Person(task.Assignee),
            task.DueAt,
            task.IsOverdue
        );
}
