using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Moves;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary><c>/escalate link</c>: bug ticket, pull request, backport (ESC-13).</summary>
internal sealed class LinkWork(EscalationStore book) : ISlashCommand
{
    private static readonly Parameter<WorkLink?> What = new(
        "what",
        "<bug | pr | backport>",
        source =>
            (source.Next is { } word ? BareWord.Of(word.Value).ToLowerInvariant() : null) switch
            {
                null => ReadArgument.Absent<WorkLink?>(),
                "bug" or "ticket" or "issue" => ReadArgument.Of<WorkLink?>(WorkLink.Bug),
                "pr" or "pull" or "pull-request" => ReadArgument.Of<WorkLink?>(
                    WorkLink.PullRequest
                ),
                "backport" => ReadArgument.Of<WorkLink?>(WorkLink.Backport),
                var other => ReadArgument.Wrong<WorkLink?>(
                    $"“{other}” can’t be linked: write `bug`, `pr` or `backport`."
                ),
            }
    )
    {
        Hint = "What is linked? Write `bug`, `pr` or `backport`.",
        Words = Parameter.Of("bug", "pr", "backport"),
    };

    private static readonly Parameter<string> Value = Arguments.Rest(
        "address, or yes or no",
        "Where is it? For a backport: `yes`, `no`. `none` removes it."
    );

    public static Permission Permission => EscalationRights.Edit;

    public static CommandSpec Spec { get; } =
        new(
            "link",
            "Link a bug or a pull request, or say whether a backport is needed",
            EscalationArguments.Id,
            What,
            Value
        )
        {
            Examples =
            [
                "link ESC-12 bug https://tickets.example.com/4711",
                "link ESC-12 backport yes",
            ],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(EscalationArguments.Id);
        var (what, typed) = (call.Get(What)!.Value, call.Get(Value)!.Trim('<', '>'));
        if (How(what, typed) is not { } how)
        {
            return Reply.Say(
                what == WorkLink.Backport
                    ? Markdown.Of(
                        $"A backport is needed or not: {EscalationWords.Command($"link {id} backport yes")}"
                    )
                    : Markdown.Of(
                        $"A link takes {ProductWork.MaxLinkLength} characters; yours has {TextLength.Told(typed, ProductWork.MaxLinkLength)}, and nothing was changed. You typed:\n{Markdown.Code(typed)}"
                    )
            );
        }

        if (what != WorkLink.Backport && Problem(typed) is { Length: > 0 } problem)
        {
            return Reply.No(Markdown.Of($"{Markdown.Sentence(problem)} Nothing was changed."));
        }

        return await Link(id, how, call.Envelope.User, cancel) switch
        {
            Decision.Accepted => Reply.Say(Markdown.Of($"Noted on {id}.")),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    /// <summary>Notes it.</summary>
    public Task<Decision> Link(
        EscalationId id,
        Func<ProductWork, ProductWork> how,
        UserId by,
        CancellationToken cancel,
        Func<Escalation, Refusal?>? unless = null
    ) =>
        book.Decide(
            id,
            by,
            (escalation, actor, now) =>
                unless?.Invoke(escalation) is { } why ? why : escalation.Link(actor, how, now),
            cancel
        );

    /// <summary>What is wrong with an address; empty when it is one, or takes one away.</summary>
    public static string Problem(string typed)
    {
        var problem = "";
        _ = NoneWord.Is(typed) || typed.Length == 0 ? "" : WebLink.Read(typed, out problem);
        return problem;
    }

    private static bool? ReadBackport(string typed) =>
        ChoiceWords.Is(typed, "needed") ? true
        : ChoiceWords.Is(typed, "not needed") ? false
        : TypedYesNo.Read(typed) is { } said && !BareWord.Is(typed, "off") ? said
        : null;

    private static Func<ProductWork, ProductWork>? How(WorkLink what, string typed)
    {
        var link = NoneWord.Is(typed) ? "" : WebLink.Bare(typed);
        return what switch
        {
            WorkLink.Backport => ReadBackport(typed) switch
            {
                true => work => work with { NeedsBackport = true },
                false => work => work with { NeedsBackport = false },
                _ when link.Length == 0 => work => work with { NeedsBackport = null },
                _ => null,
            },
            _ when !TextLength.Fits(typed, ProductWork.MaxLinkLength) => null,
            WorkLink.Bug => work => work with { Bug = link },
            _ => work => work with { PullRequest = link },
        };
    }
}

/// <summary>What of the product's work can be linked.</summary>
internal enum WorkLink
{
    Bug,
    PullRequest,
    Backport,
}
