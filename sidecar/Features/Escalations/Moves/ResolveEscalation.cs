using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Moves;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Says that an escalation is solved, and by what: by command and by form.</summary>
internal sealed class ResolveEscalation(EscalationStore book)
    : ISlashCommand,
        IDialogUpon<EscalationRef>
{
    private const string WhatSolvedIt = "what solved it";

    private static readonly Parameter<string> Resolution = Arguments.Rest(
        WhatSolvedIt,
        "What solved it?"
    ) with
    {
        Usage = $"[{WhatSolvedIt}]",
        IsOptional = true,
    };

    public static Permission Permission => EscalationRights.Work;

    public static CommandSpec Spec { get; } =
        new(
            "resolve",
            "Mark an escalation as resolved, with what solved it",
            EscalationArguments.Id,
            Resolution
        )
        {
            Synonyms = ["solve", "solved", "fixed"],
            Examples = ["resolve ESC-12 Rolled back to 10.11.2", "resolve ESC-12"],
            Details =
                "The card’s button asks in a form, also whether the product had to be changed; `link` records that by command. Of a Sev 1 or 2 the form asks as well when nothing is written.",
        };

    public static DialogKey<EscalationRef> Key { get; } =
        new("escalation.resolve", EscalationJson.Default.EscalationRef);

    public async ValueTask<DialogForm?> Now(
        Submission<EscalationRef> form,
        CancellationToken cancel
    ) =>
        await book.Find(form.State.Id, cancel) is { Value: var known }
            ? ResolutionForm.For(known)
            : null;

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(EscalationArguments.Id);
        var text = call.Get(Resolution) ?? "";
        // Copied from a list of moves; and what many waited for is not over without a word of what it was.
        if (
            text == WhatSolvedIt
            || (text.Length == 0 && await book.Find(id, cancel) is { Value.IsUrgent: true })
        )
        {
            return await new AskForResolution(book).Ask(id, call.Envelope.User, cancel);
        }

        if (!TextLength.Fits(text, Escalation.MaxLongTextLength))
        {
            return Reply.Say(
                Markdown.Of(
                    $"A resolution takes {Escalation.MaxLongTextLength} characters; yours has {TextLength.Told(text, Escalation.MaxLongTextLength)}, and nothing was changed. Send it shorter, and put the rest into the thread. You typed:\n{Markdown.Code(text)}"
                )
            );
        }

        return await book.Decide(
            id,
            call.Envelope.User,
            (escalation, actor, now) => escalation.Resolve(actor, text, escalation.Work, now),
            cancel
        ) switch
        {
            Decision.Accepted => Reply.Say(Markdown.Of($"{id} is resolved.")),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    public async Task<SubmissionReply> Submit(
        Submission<EscalationRef> submission,
        CancellationToken cancel
    )
    {
        var problems = ResolutionForm.Problems(submission);
        if (!problems.IsEmpty)
        {
            return SubmissionReply.Mark(problems);
        }

        return
            await book.Decide(
                submission.State.Id,
                submission.Envelope.User,
                (escalation, actor, now) =>
                    escalation.Resolve(
                        actor,
                        submission[ResolutionForm.Resolution],
                        ResolutionForm.Work(submission, escalation.Work),
                        now
                    ),
                cancel
            )
                is Decision.Refused { Why: var why }
            ? SubmissionReply.No(why)
            : SubmissionReply.DoneInSight(Markdown.Of($"{submission.State.Id} is resolved."));
    }
}

/// <summary>The card's button: asks what solved it, since resolving wants words.</summary>
internal sealed class AskForResolution(EscalationStore book) : IAction<EscalationRef>
{
    public static Permission Permission => EscalationRights.Work;

    public static ActionKey<EscalationRef> Key => EscalationKeys.Resolution;

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        Ask(call.Payload.Id, call.Envelope.User, cancel);

    /// <summary>Opens the form for somebody, unless resolving is refused whatever they write.</summary>
    public async Task<Reply> Ask(EscalationId id, UserId by, CancellationToken cancel)
    {
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        var refusal = await book.WouldRefuse(
            escalation,
            by,
            (current, actor, now) => current.Resolve(actor, "", current.Work, now),
            cancel
        );
        return refusal is not null
            ? Reply.No(refusal)
            : ResolveEscalation.Key.Open(
                ResolutionForm.For(escalation),
                new EscalationRef(id),
                Markdown.Of(
                    $"Write it as a command instead: {EscalationWords.Command(EscalationMove.Resolve.Command(id))}"
                )
            );
    }
}

/// <summary>The form that asks what solved it, and what the product's makers had to do with it (ESC-13).</summary>
internal static class ResolutionForm
{
    public const string Resolution = "resolution";
    private const string Change = "product_change";
    private const string Without = "without";
    private const string With = "with";
    private const string Bug = "bug";
    private const string PullRequest = "pull_request";
    private const string Backport = "backport";
    private const string Yes = "yes";
    private const string No = "no";

    private static readonly ImmutableArray<(string Field, int Length)> Limits =
    [
        (Resolution, Escalation.MaxLongTextLength),
        (Bug, ProductWork.MaxLinkLength),
        (PullRequest, ProductWork.MaxLinkLength),
    ];

    public static DialogForm For(Escalation escalation) =>
        new(
            $"Resolve {escalation.Id}",
            [
                new DialogField(Resolution, "What solved it?", FieldKind.LongText)
                {
                    Optional = true,
                    MaxLength = Escalation.MaxLongTextLength,
                    Help = "Posted in the thread and kept in the timeline.",
                },
                new DialogField(Change, "Change to the product", FieldKind.Choice)
                {
                    Optional = true,
                    Default = Code(escalation.Work.SolvedWithoutChange, Without, With),
                    Options =
                    [
                        new ControlOption("Solved without one", Without),
                        new ControlOption("Solved with one", With),
                    ],
                },
                new DialogField(Bug, "Bug ticket", FieldKind.Text)
                {
                    Optional = true,
                    Default = escalation.Work.Bug,
                    MaxLength = ProductWork.MaxLinkLength,
                },
                new DialogField(PullRequest, "Pull request", FieldKind.Text)
                {
                    Optional = true,
                    Default = escalation.Work.PullRequest,
                    MaxLength = ProductWork.MaxLinkLength,
                },
                new DialogField(Backport, "Backport", FieldKind.Choice)
                {
                    Optional = true,
                    Default = Code(escalation.Work.NeedsBackport, Yes, No),
                    Options =
                    [
                        new ControlOption("Needed", Yes),
                        new ControlOption("Not needed", No),
                    ],
                },
            ]
        )
        {
            Introduction = Markdown.Of($"**{escalation.CustomerName}**: {escalation.Summary}"),
            Premise = EscalationWords.About(escalation),
            SubmitLabel = "Resolve",
        };

    /// <summary>What can't be taken, by field.</summary>
    public static ImmutableDictionary<string, string> Problems(Submission<EscalationRef> answers)
    {
        var problems = Limits
            .Where(l => !TextLength.Fits(answers[l.Field], l.Length))
            .ToImmutableDictionary(
                l => l.Field,
                l =>
                    $"This takes {l.Length} characters; yours has {TextLength.Told(answers[l.Field], l.Length)}.",
                StringComparer.Ordinal
            );
        if (answers[Change] is not ("" or Without or With))
        {
            problems = problems.Add(Change, "Choose one of them.");
        }

        foreach (var field in (string[])[Bug, PullRequest])
        {
            // What stands there from earlier stays, whatever it is.
            if (
                answers.Changed(field)
                && !problems.ContainsKey(field)
                && LinkWork.Problem(answers[field]) is { Length: > 0 } problem
            )
            {
                problems = problems.Add(field, problem);
            }
        }

        return answers[Backport] is "" or Yes or No
            ? problems
            : problems.Add(Backport, "Choose whether it is needed.");
    }

    /// <summary>The work as answered; what was not touched stays as it is now.</summary>
    public static ProductWork Work(Submission<EscalationRef> answers, ProductWork before) =>
        new()
        {
            Bug = answers.Changed(Bug) ? answers[Bug] : before.Bug,
            PullRequest = answers.Changed(PullRequest) ? answers[PullRequest] : before.PullRequest,
            NeedsBackport = answers.Changed(Backport)
                ? YesOrNo(answers[Backport], Yes, No)
                : before.NeedsBackport,
            SolvedWithoutChange = answers.Changed(Change)
                ? YesOrNo(answers[Change], Without, With)
                : before.SolvedWithoutChange,
        };

    private static bool? YesOrNo(string answer, string yes, string no) =>
        answer == yes ? true
        : answer == no ? false
        : null;

    private static string? Code(bool? answer, string yes, string no) =>
        answer switch
        {
            true => yes,
            false => no,
            null => null,
        };
}
