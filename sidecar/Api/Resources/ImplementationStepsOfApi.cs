using System.Collections.Immutable;
using Sidecar.Features.Implementations;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Api.Resources;

/// <summary>A step of an implementation request as the API has it: which form it fills, and how.</summary>
/// <param name="Of">Which step.</param>
/// <param name="Form">What decides.</param>
/// <param name="Fields">What is asked.</param>
internal sealed record ApiStep(
    ImplementationStep Of,
    Func<IServiceProvider, IStepForm> Form,
    ImmutableArray<ApiStepField> Fields
)
{
    /// <summary>What is wrong with a request, by how it stands now; null for nothing.</summary>
    public Func<Implementation, ApiCall, ApiProblem?>? Check { get; init; }

    /// <summary>The members of the body by the fields of the form.</summary>
    public IReadOnlyDictionary<string, string> Names { get; } =
        Fields.ToDictionary(f => f.Field, f => f.Member.Name, StringComparer.Ordinal);
}

/// <summary>A member of the body, and the form's field that it fills.</summary>
/// <param name="Member">What is sent.</param>
/// <param name="Field">The form's field.</param>
/// <param name="Now">What the form says when it is not sent; null: nothing.</param>
internal sealed record ApiStepField(
    ApiField Member,
    string Field,
    Func<Implementation, ApiCall, string?>? Now = null
)
{
    /// <summary>What is sent, by what the form calls it; empty: the same.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } =
        ImmutableDictionary<string, string>.Empty;

    public string Said(string sent) => Choices.GetValueOrDefault(sent, sent);
}

/// <summary>All steps, with what each asks (IMP-1, IMP-3 to IMP-7).</summary>
internal static class ImplementationStepsOfApi
{
    private const string All = "all-open";

    private static readonly IReadOnlyDictionary<string, string> Types =
        ImplementationCodes.Names<ImplementationType>();

    private static readonly IReadOnlyDictionary<string, string> RequirementNames = new Dictionary<
        string,
        string
    >(ImplementationCodes.Names<RequirementKind>(), StringComparer.Ordinal)
    {
        [All] = RequirementStep.AllOpen,
    };

    private static readonly IReadOnlyDictionary<string, string> RequirementStates =
        ImplementationCodes.Names<RequirementState>();

    /// <summary>What is asked for (IMP-1): of a new request, and of one that is corrected.</summary>
    public static ImmutableArray<ApiStepField> Details { get; } =
    [
        new(
            new("type", FieldType.Choice, "What is asked for.") { Choices = [.. Types.Keys] },
            DetailFields.Type,
            (it, _) => it.Type.ToString()
        )
        {
            Choices = Types,
        },
        new(
            Optional(
                "deploymentMethod",
                FieldType.Text,
                "As expected.",
                Implementation.MaxNameLength
            ),
            DetailFields.Method,
            (it, _) => it.Method
        ),
        new(
            Optional(
                "hostingProvider",
                FieldType.Text,
                "As expected.",
                Implementation.MaxNameLength
            ),
            DetailFields.Provider,
            (it, _) => it.Provider
        ),
        new(
            Optional(
                "opportunity",
                FieldType.Text,
                "The address of the CRM's opportunity.",
                WebLink.MaxLength
            ),
            DetailFields.Opportunity,
            (it, _) => it.Opportunity
        ),
        new(
            Optional(
                "designLinks",
                FieldType.Lines,
                "Addresses of technical design.",
                WebLink.MaxLength
            ),
            DetailFields.Design,
            (it, _) => it.Design
        ),
        new(
            Optional(
                "information",
                FieldType.Text,
                "What else is to be known.",
                Implementation.MaxTextLength
            ),
            DetailFields.Information,
            (it, _) => it.Information
        ),
    ];

    public static ApiStep Edit { get; } = Of<EditStep>(Details);

    public static ApiStep Score { get; } =
        Of<ScoreStep>([
            .. Triage.Criteria.Select(c => new ApiStepField(
                new(c.Code, FieldType.Integer, c.Asks)
                {
                    IsRequired = true,
                    Min = TriageScore.Lowest,
                    Max = TriageScore.Highest,
                },
                c.Code
            )),
            new(
                Text("note", "For the team and the leads."),
                ScoreStep.Note,
                (it, call) => it.Scores.FirstOrDefault(s => s.By == call.User)?.Note
            ),
        ]);

    public static ApiStep Decide { get; } =
        Of<DecideStep>([
            new(
                new("decision", FieldType.Choice, "What is decided.")
                {
                    IsRequired = true,
                    Choices = [DecideStep.Qualify, DecideStep.Disqualify, DecideStep.AskFirst],
                },
                DecideStep.Outcome
            ),
            new(
                Text("why", "CE and AE read it; a disqualification and a question need it."),
                DecideStep.Why,
                // What stands there is the reason of the decision that stands.
                (it, call) => call["decision"] == DecideStep.Of(it) ? it.StateReason : ""
            ),
            new(
                Person("engineer", "The implementation engineer who leads it."),
                DecideStep.Engineer,
                (it, _) => it.Engineer?.Value
            ),
        ]);

    public static ApiStep Word { get; } =
        Of<WordStep>([
            new(
                new("word", FieldType.Choice, "Whether the team should lead it.")
                {
                    IsRequired = true,
                    Choices = ["for", "against"],
                },
                WordStep.IsFor
            ),
            new(
                Text("text", "Because."),
                WordStep.Text,
                // What stands there is the reason of the word that stands.
                (it, call) =>
                    it.Words.FirstOrDefault(w => w.By == call.User) is { } mine
                    && mine.IsFor == (call["word"] == "for")
                        ? mine.Text
                        : ""
            ),
        ]);

    public static ApiStep People { get; } =
        Of<PeopleStep>([
            new(Person("engineer", "IE."), "ie", (it, _) => it.Engineer?.Value),
            new(Person("customerEngineer", "CE."), "ce", (it, _) => it.CustomerEngineer?.Value),
            new(Person("accountExecutive", "AE."), "ae", (it, _) => it.AccountExecutive?.Value),
            new(Person("advisor", "TA."), "ta", (it, _) => it.Advisor?.Value),
        ]);

    public static ApiStep Documents { get; } =
        Of<DocumentsStep>([
            new(
                Optional(
                    "designDocument",
                    FieldType.Text,
                    "The address of the technical design document.",
                    WebLink.MaxLength
                ),
                DocumentsStep.Design,
                (it, _) => it.DesignDocument
            ),
            new(
                Optional(
                    "questionnaire",
                    FieldType.Text,
                    "The address of the discovery questionnaire.",
                    WebLink.MaxLength
                ),
                DocumentsStep.Questionnaire,
                (it, _) => it.Questionnaire.Length > 0 ? it.Questionnaire : it.QuestionnaireBegun
            ),
            new(
                new(
                    "isComplete",
                    FieldType.Flag,
                    "Every question in it is answered; before that it is kept, and the hand-off waits."
                ),
                DocumentsStep.IsComplete,
                (it, call) =>
                    call["questionnaire"] is null && it.Questionnaire.Length > 0 ? "true" : ""
            ),
        ]);

    public static ApiStep Start { get; } = Of<StartStep>([]);

    public static ApiStep Dates { get; } =
        Of<DatesStep>([
            Day("internalMeeting", "internal_meeting"),
            Day("contract", "contract"),
            Day("introduction", "introduction"),
            Day("kickOff", "kick_off"),
            Day("partnershipKickOff", "partnership"),
            Day("target", "target"),
        ]) with
        {
            Check = (it, call) =>
                it.State != ImplementationState.Started
                && new[]
                {
                    "internalMeeting",
                    "introduction",
                    "kickOff",
                    "partnershipKickOff",
                }.FirstOrDefault(m => call[m] is not null)
                    is { } meeting
                    ? ApiProblem.Unprocessable([
                        new ApiError(
                            "/" + meeting,
                            "Meetings are planned once the hand-off has started."
                        ),
                    ])
                    : null,
        };

    public static ApiStep Requirement { get; } =
        Of<RequirementStep>([
            new(
                new("requirement", FieldType.Choice, "Which of the eight, or all that are open.")
                {
                    IsRequired = true,
                    Choices = [.. RequirementNames.Keys],
                },
                RequirementStep.Which
            )
            {
                Choices = RequirementNames,
            },
            new(
                new("state", FieldType.Choice, "How it stands.")
                {
                    IsRequired = true,
                    Choices = [.. RequirementStates.Keys],
                },
                RequirementStep.How
            )
            {
                Choices = RequirementStates,
            },
            new(
                Text("note", "Where it is written down; why it is skipped."),
                RequirementStep.Note,
                (it, call) =>
                    Enum.TryParse<RequirementKind>(
                        RequirementNames.GetValueOrDefault(call["requirement"] ?? ""),
                        out var kind
                    )
                    && it.Of(kind) is { } stands
                    && stands.State.ToString()
                        == RequirementStates.GetValueOrDefault(call["state"] ?? "")
                        ? stands.Note
                        : ""
            ),
        ]);

    public static ApiStep Complete { get; } =
        Of<CompleteStep>([
            new(
                new("documentation", FieldType.Lines, "Addresses of all deployment documentation.")
                {
                    IsRequired = true,
                    MaxLength = WebLink.MaxLength,
                },
                CompleteStep.Documentation
            ),
            new(
                new("isReachable", FieldType.Flag, "TA and Support can open it.")
                {
                    IsRequired = true,
                },
                CompleteStep.IsReachable
            ),
            new(
                new(
                    "completedOn",
                    FieldType.Day,
                    "The day on which production was complete; today unless it is sent."
                ),
                CompleteStep.On,
                (_, _) => "today"
            ),
        ]);

    public static ApiStep Withdraw { get; } =
        Of<WithdrawStep>([
            new(
                Text("why", "Everybody who has a part in it is told.") with
                {
                    IsRequired = true,
                },
                WithdrawStep.Why
            ),
        ]);

    private static ApiStep Of<TStep>(ImmutableArray<ApiStepField> fields)
        where TStep : StepOf<TStep>, IStep =>
        new(TStep.Step, parts => parts.GetRequiredService<TStep>(), fields);

    private static ApiField Text(string name, string what) =>
        new(name, FieldType.Text, what) { MaxLength = Implementation.MaxTextLength };

    private static ApiField Optional(string name, FieldType type, string what, int most) =>
        new(name, type, what) { CanBeNull = true, MaxLength = most };

    private static ApiField Person(string name, string what) =>
        new(name, FieldType.Person, what) { CanBeNull = true };

    private static ApiStepField Day(string name, string field)
    {
        var date = PlannedDates.All.First(d => d.Code == field);
        return new ApiStepField(
            new ApiField(name, FieldType.Day, $"{date.Label}.") { CanBeNull = true },
            field,
            (it, _) => date.Of(it.Dates) is { } on ? CalendarDay.Write(on) : null
        );
    }
}
