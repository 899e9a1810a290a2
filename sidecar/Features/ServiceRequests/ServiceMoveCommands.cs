using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.ServiceRequests;

/// <summary><c>/escalate service signed</c>: the customer has signed off, verbally or in writing (SRV-2).</summary>
internal sealed class SignOffServiceRequest(ServiceRequestStore store, PeopleDirectory people)
    : ServiceMove(store, people),
        ISlashCommand
{
    private const string Verbally = "verbally";
    private const string InWriting = "in-writing";

    private static readonly Parameter<string> Typed = Rest("how and who");

    public static Permission Permission => ServiceRights.SignOff;

    public static CommandSpec Spec { get; } =
        new(
            "service signed",
            "Record that the customer signed off a statement of work",
            ServiceArguments.Id,
            Typed
        )
        {
            Synonyms = ["service sign", "service signoff", "service sign-off"],
            Examples =
            [
                "service signed SRV-1",
                "service signed SRV-1 verbally by their head of platform on yesterday",
                "service signed SRV-1 in writing by their CTO",
            ],
            Details =
                "Verbally is enough; who and when stays on the record. Work does not begin before, and a statement of work that changes is signed off again.",
        };

    public override string Name => ServiceMoves.Sign.Name;

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Make(call.Get(ServiceArguments.Id), call.Get(Typed) ?? "", call.Envelope, cancel);

    public override Refusal? WhyNot(ServiceRequest request, ActingPerson by) =>
        request.WhyNotSigned(by);

    protected override DialogForm Form(
        ServiceRequest request,
        IReadOnlyDictionary<string, string> typed,
        DateOnly today
    ) =>
        About(
            request,
            "Sign-off of",
            "Save",
            [
                new DialogField(ServiceForm.How, "How did they say so?", FieldKind.Choice)
                {
                    Default = typed.GetValueOrDefault(ServiceForm.How),
                    Options =
                    [
                        new ControlOption("Verbally", Verbally),
                        new ControlOption("In writing", InWriting),
                    ],
                },
                .. WordFields("Who signed off?", typed, today),
            ]
        ) with
        {
            // Whoever signs it off in the customer's name reads once more what that is.
            Introduction = Markdown.Lines([
                Markdown.Of($"**{request.CustomerName}** agrees to this: **{request.Sow.Title}**"),
                Markdown.Of(
                    $"Delivered by {ServiceWords.Person(request.Sow.By)}, {ServiceWords.Time(request.Sow)}, {ServiceWords.Days(request.Sow.Days)} of work."
                ),
                Markdown.Typed(MarkdownEscaper.Shorten(request.Sow.Delivers, 500)),
            ]),
        };

    protected override ValueTask<ServiceRule?> Read(
        ServiceAnswers answers,
        CancellationToken cancel
    )
    {
        SaidHow? how = answers[ServiceForm.How] switch
        {
            Verbally => SaidHow.Verbally,
            InWriting => SaidHow.InWriting,
            _ => null,
        };
        if (how is null)
        {
            answers.Problems[ServiceForm.How] = "Verbally, or in writing?";
        }

        var word = Word(answers, how);
        return new(
            answers.Problems.Count > 0 ? null : (request, by, now) => request.Sign(by, word, now)
        );
    }

    protected override IReadOnlyDictionary<string, string> Words(string typed, DateOnly today)
    {
        foreach (
            var (said, how) in new[]
            {
                ("verbally", Verbally),
                ("verbal", Verbally),
                ("in writing", InWriting),
                ("written", InWriting),
            }
        )
        {
            if (
                typed.StartsWith(said, StringComparison.OrdinalIgnoreCase)
                && (typed.Length == said.Length || !char.IsLetter(typed[said.Length]))
            )
            {
                var words = WordWords(typed[said.Length..].TrimStart(' ', ',', ':'), today);
                words[ServiceForm.How] = how;
                return words;
            }
        }

        return WordWords(typed, today);
    }
}

/// <summary><c>/escalate service start</c>: the work begins, once the customer has signed off (SRV-2).</summary>
internal sealed class StartServiceRequest(ServiceRequestStore store, PeopleDirectory people)
    : ServiceMove(store, people),
        ISlashCommand
{
    public static Permission Permission => ServiceRights.Deliver;

    public static CommandSpec Spec { get; } =
        new("service start", "Begin the work on a service request", ServiceArguments.Id)
        {
            Synonyms = ["service begin"],
            Examples = ["service start SRV-1"],
            Details = "Only when the customer has signed off.",
        };

    public override string Name => ServiceMoves.Start.Name;

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Make(call.Get(ServiceArguments.Id), "", call.Envelope, cancel);

    public override Refusal? WhyNot(ServiceRequest request, ActingPerson by) =>
        request.WhyNotStarted(by);

    protected override DialogForm? Form(
        ServiceRequest request,
        IReadOnlyDictionary<string, string> typed,
        DateOnly today
    ) => null;

    protected override ValueTask<ServiceRule?> Read(
        ServiceAnswers answers,
        CancellationToken cancel
    ) => new((request, by, now) => request.Start(by, now));
}

/// <summary>Moves that take one text.</summary>
internal abstract class SayInServiceRequest(ServiceRequestStore store, PeopleDirectory people)
    : ServiceMove(store, people)
{
    /// <summary>Title and button of the form, its question, and what stands below.</summary>
    protected abstract (string Title, string Submit, string Label, string Help) Asked { get; }

    /// <summary>What is done with the text.</summary>
    protected abstract ServiceRule Rule(string text);

    protected override DialogForm Form(
        ServiceRequest request,
        IReadOnlyDictionary<string, string> typed,
        DateOnly today
    ) =>
        About(
            request,
            Asked.Title,
            Asked.Submit,
            new DialogField(ServiceForm.Text, Asked.Label, FieldKind.LongText)
            {
                Default = typed.GetValueOrDefault(ServiceForm.Text),
                MaxLength = ServiceRequest.MaxTextLength,
                Help = Asked.Help,
            }
        );

    protected override ValueTask<ServiceRule?> Read(
        ServiceAnswers answers,
        CancellationToken cancel
    )
    {
        var text = answers.Text(ServiceForm.Text, "Say it in a few words.");
        return new(answers.Problems.Count > 0 ? null : Rule(text));
    }

    protected override IReadOnlyDictionary<string, string> Words(string typed, DateOnly today) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [ServiceForm.Text] = typed };
}

/// <summary><c>/escalate service deliver</c>: the customer has it.</summary>
internal sealed class DeliverServiceRequest(ServiceRequestStore store, PeopleDirectory people)
    : SayInServiceRequest(store, people),
        ISlashCommand
{
    private static readonly Parameter<string> Typed = Rest("what and where");

    public static Permission Permission => ServiceRights.Deliver;

    public static CommandSpec Spec { get; } =
        new(
            "service deliver",
            "Record what was delivered, and where it is",
            ServiceArguments.Id,
            Typed
        )
        {
            Synonyms = ["service delivered"],
            Examples =
            [
                "service deliver SRV-1",
                "service deliver SRV-1 The script and its manual: https://git.example/sync",
            ],
            Details = "Whoever prepared it is asked to get the customer’s acceptance.",
        };

    public override string Name => ServiceMoves.Deliver.Name;

    protected override (string, string, string, string) Asked =>
        (
            "Deliver",
            "Delivered",
            "What, and where is it?",
            "What the customer got, with links: whoever asks for their acceptance sends it along."
        );

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Make(call.Get(ServiceArguments.Id), call.Get(Typed) ?? "", call.Envelope, cancel);

    public override Refusal? WhyNot(ServiceRequest request, ActingPerson by) =>
        request.WhyNotDelivered(by);

    protected override ServiceRule Rule(string text) =>
        (request, by, now) => request.Deliver(by, text, now);
}

/// <summary><c>/escalate service return</c>: the customer does not accept it yet.</summary>
internal sealed class ReturnServiceRequest(ServiceRequestStore store, PeopleDirectory people)
    : SayInServiceRequest(store, people),
        ISlashCommand
{
    private static readonly Parameter<string> Typed = Rest("what is wrong");

    public static Permission Permission => ServiceRights.Conclude;

    public static CommandSpec Spec { get; } =
        new(
            "service return",
            "Record that the customer does not accept a delivery yet",
            ServiceArguments.Id,
            Typed
        )
        {
            Examples = ["service return SRV-1 The manual is missing"],
            Details = "The work goes on; whoever delivers it is told what is missing.",
        };

    public override string Name => ServiceMoves.Return.Name;

    protected override (string, string, string, string) Asked =>
        (
            "Not accepted:",
            "Save",
            "What is missing?",
            "Whoever delivers it is told, and goes on working on it."
        );

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Make(call.Get(ServiceArguments.Id), call.Get(Typed) ?? "", call.Envelope, cancel);

    public override Refusal? WhyNot(ServiceRequest request, ActingPerson by) =>
        request.WhyNotJudged(by);

    protected override ServiceRule Rule(string text) =>
        (request, by, now) => request.Return(by, text, now);
}

/// <summary><c>/escalate service cancel</c>: it is not done, or not any further.</summary>
internal sealed class CancelServiceRequest(ServiceRequestStore store, PeopleDirectory people)
    : SayInServiceRequest(store, people),
        ISlashCommand
{
    private static readonly Parameter<string> Typed = Rest("why");

    public static Permission Permission => ServiceRights.Cancel;

    public static CommandSpec Spec { get; } =
        new("service cancel", "Cancel a service request", ServiceArguments.Id, Typed)
        {
            Examples = ["service cancel SRV-1 They do it with a partner"],
        };

    public override string Name => ServiceMoves.Cancel.Name;

    // Mattermost's own button beside it is called “Cancel”.
    protected override (string, string, string, string) Asked =>
        (
            "Cancel",
            "Cancel it",
            "Why?",
            "Whoever has a part in it is told, and it stays on the record."
        );

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Make(call.Get(ServiceArguments.Id), call.Get(Typed) ?? "", call.Envelope, cancel);

    public override Refusal? WhyNot(ServiceRequest request, ActingPerson by) =>
        request.WhyNotCancelled(by);

    protected override ServiceRule Rule(string text) =>
        (request, by, now) => request.Cancel(by, text, now);
}

/// <summary><c>/escalate service accept</c>: the customer accepts what was delivered.</summary>
internal sealed class AcceptServiceRequest(ServiceRequestStore store, PeopleDirectory people)
    : ServiceMove(store, people),
        ISlashCommand
{
    private static readonly Parameter<string> Typed = Rest("who");

    public static Permission Permission => ServiceRights.Conclude;

    public static CommandSpec Spec { get; } =
        new(
            "service accept",
            "Record that the customer accepts a delivery",
            ServiceArguments.Id,
            Typed
        )
        {
            Synonyms = ["service accepted"],
            Examples =
            [
                "service accept SRV-1",
                "service accept SRV-1 Their head of platform on yesterday",
            ],
        };

    public override string Name => ServiceMoves.Accept.Name;

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Make(call.Get(ServiceArguments.Id), call.Get(Typed) ?? "", call.Envelope, cancel);

    public override Refusal? WhyNot(ServiceRequest request, ActingPerson by) =>
        request.WhyNotJudged(by);

    protected override DialogForm Form(
        ServiceRequest request,
        IReadOnlyDictionary<string, string> typed,
        DateOnly today
    ) => About(request, "Acceptance of", "Save", [.. WordFields("Who accepts it?", typed, today)]);

    protected override ValueTask<ServiceRule?> Read(
        ServiceAnswers answers,
        CancellationToken cancel
    )
    {
        var word = Word(answers, how: null);
        return new(
            answers.Problems.Count > 0 ? null : (request, by, now) => request.Accept(by, word, now)
        );
    }

    protected override IReadOnlyDictionary<string, string> Words(string typed, DateOnly today) =>
        WordWords(typed, today);
}

/// <summary>
/// <c>/escalate service complete</c>: it is done, and it is decided case by case who maintains it (SRV-3). Later the same
/// command moves the maintenance to somebody else, or ends it.
/// </summary>
internal sealed class CompleteServiceRequest(ServiceRequestStore store, PeopleDirectory people)
    : ServiceMove(store, people),
        ISlashCommand
{
    private static readonly Parameter<string> Typed = Rest("no | de | tam | rnd | vendor …");

    public static Permission Permission => ServiceRights.Conclude;

    public static CommandSpec Spec { get; } =
        new(
            "service complete",
            "Complete a service request, and say who maintains it",
            ServiceArguments.Id,
            Typed
        )
        {
            Synonyms = ["service maintenance"],
            Examples =
            [
                "service complete SRV-1",
                "service complete SRV-1 no",
                "service complete SRV-1 vendor Example Consulting: an update each year",
            ],
            Details =
                "Most solutions need no maintenance: they stand alone. For one that does, Deployment Engineering, TAMs, R&D or a vendor own it. Once it is completed, the same command changes that.",
        };

    public override string Name => ServiceMoves.Complete.Name;

    /// <summary>Who exactly, and what they do, is said of whoever maintains it.</summary>
    protected override IReadOnlyList<string> Together =>
        [ServiceForm.Maintainer, ServiceForm.Who, ServiceForm.Text];

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Make(call.Get(ServiceArguments.Id), call.Get(Typed) ?? "", call.Envelope, cancel);

    public override Refusal? WhyNot(ServiceRequest request, ActingPerson by) =>
        request.WhyNotCompleted(by);

    protected override DialogForm Form(
        ServiceRequest request,
        IReadOnlyDictionary<string, string> typed,
        DateOnly today
    )
    {
        var now = request.Maintenance;
        var said = ServiceWords.Maintainers.Read(
            typed.GetValueOrDefault(ServiceForm.Maintainer, "")
        );
        return About(
            request,
            request.State == ServiceState.Completed ? "Maintenance of" : "Complete",
            request.State == ServiceState.Completed ? "Save" : "Complete",
            new DialogField(ServiceForm.Maintainer, "Who maintains it?", FieldKind.Choice)
            {
                Default = (said ?? now?.By) is { } by ? ServiceWords.Maintainers.Code(by) : null,
                Options = ServiceWords.Maintainers.Options(),
                Help = "Most solutions stand alone and need none.",
            },
            new DialogField(ServiceForm.Who, "Who exactly?", FieldKind.Text)
            {
                Optional = true,
                Default = MarkdownEscaper.Shorten(
                    typed.GetValueOrDefault(ServiceForm.Who, now?.Who ?? ""),
                    ServiceForm.LongestLine
                ),
                MaxLength = ServiceForm.LongestLine,
                Help = "The vendor’s name, or the person or team.",
            },
            new DialogField(ServiceForm.Text, "What has to be done?", FieldKind.LongText)
            {
                Optional = true,
                Default = typed.GetValueOrDefault(ServiceForm.Text, now?.What ?? ""),
                MaxLength = ServiceRequest.MaxTextLength,
                Help = "Such as “adapt it to each major release”.",
            }
        );
    }

    protected override ValueTask<ServiceRule?> Read(
        ServiceAnswers answers,
        CancellationToken cancel
    )
    {
        var maintainer = ServiceWords.Maintainers.Read(answers[ServiceForm.Maintainer]);
        if (maintainer is null)
        {
            answers.Problems[ServiceForm.Maintainer] = "Choose one; most need no maintenance.";
        }
        else if (maintainer == Maintainer.Vendor && answers[ServiceForm.Who].Length == 0)
        {
            answers.Problems[ServiceForm.Who] = "Which vendor?";
        }

        var (who, what) = (answers[ServiceForm.Who], answers[ServiceForm.Text]);
        return new(
            answers.Problems.Count > 0
                ? null
                : (request, by, now) =>
                    request.Complete(
                        by,
                        new MaintenancePlan(maintainer!.Value, who, what, by.User, now),
                        now
                    )
        );
    }

    protected override IReadOnlyDictionary<string, string> Words(string typed, DateOnly today)
    {
        var first = typed.Split([' ', ':', ','], 2)[0];
        var rest = typed[first.Length..].TrimStart(' ', ',');
        var (who, what) =
            rest.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at
                ? (rest[..at].Trim(), rest[(at + 1)..].Trim())
            : ServiceWords.Maintainers.Read(first) == Maintainer.Vendor ? (rest, "")
            : ("", rest);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ServiceForm.Maintainer] = NoneWord.Is(first)
                ? ServiceWords.Maintainers.Code(Maintainer.Nobody)
                : first.ToLowerInvariant(),
            [ServiceForm.Who] = who,
            [ServiceForm.Text] = what,
        };
    }
}

/// <summary><c>/escalate service edit</c>: the statement of work says something else (SRV-1, SRV-2).</summary>
internal sealed class EditServiceRequest(
    ServiceRequestStore store,
    ServiceForm forms,
    PeopleDirectory people
) : ServiceMove(store, people), ISlashCommand
{
    public static Permission Permission => ServiceRights.Edit;

    public static CommandSpec Spec { get; } =
        new("service edit", "Change a statement of work", ServiceArguments.Id)
        {
            Examples = ["service edit SRV-1"],
            Details =
                "What, by whom or when. If the customer has signed off something else, they sign off again; if they have already agreed, say in the form who did.",
        };

    public override string Name => ServiceMoves.Edit.Name;

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Make(call.Get(ServiceArguments.Id), "", call.Envelope, cancel);

    public override Refusal? WhyNot(ServiceRequest request, ActingPerson by) =>
        request.WhyNotEdited(by);

    protected override DialogForm Form(
        ServiceRequest request,
        IReadOnlyDictionary<string, string> typed,
        DateOnly today
    ) => ServiceForm.Edit(request);

    protected override async ValueTask<ServiceRule?> Read(
        ServiceAnswers answers,
        CancellationToken cancel
    )
    {
        var agreed = ServiceForm.Agreed(answers);
        return await forms.ReadChange(answers, cancel) is { } change
            ? (request, by, now) =>
                agreed is not null && change(request.Sow) == request.Sow
                    ? new NothingAgreedTo(request, agreed)
                    : request.Edit(by, change(request.Sow), agreed, now)
            : null;
    }

    /// <summary>
    /// Somebody agreed to the change, and that is no sign-off: others took it away while the form was open, so that
    /// nobody knows whether they agreed to that as well; or nobody delivers it.
    /// </summary>
    protected override Markdown NotRecorded(ServiceAnswers answers, ServiceRequest next) =>
        next.SignOff is null && ServiceForm.Agreed(answers) is { } agreed
            ? Markdown.Of(
                $"That {agreed.Who} agreed is not recorded, since {(next.Sow.By is null ? Markdown.Of($"it does not say who delivers it") : Markdown.Of($"others had changed the statement of work while your form was open, and the sign-off with it"))}. When {next.CustomerName} agrees to all that it says now: {ServiceWords.Command($"signed {next.Id}")}"
            )
            : Markdown.None;
}
