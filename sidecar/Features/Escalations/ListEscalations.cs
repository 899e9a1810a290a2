using Sidecar.Cards;
using Sidecar.Features.Customers;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary><c>/escalate list</c>: what there is, the most urgent first, a page at a time.</summary>
internal sealed class ListEscalations(
    EscalationBook book,
    CustomerBook customers,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Filter = new(
        "which",
        "[mine | all | <customer> | sev1…sev4]",
        source =>
            source.Next is { } word && !IsAfter(word)
                ? Argument.Of(word)
                : Argument.Absent<CommandWord>()
    )
    {
        IsOptional = true,
        Hint =
            "Write `mine`, `all`, a severity or a customer; a name of several words goes in quotes.",
    };

    private static readonly Parameter<EscalationId?> After = new(
        "after",
        "[after ESC-1]",
        source =>
            source.Next is { } word && IsAfter(word)
                ? source.AfterNext is { } id && EscalationId.Read(id.Value) is { } read
                    ? Argument.Of<EscalationId?>(read, taken: 2)
                    : Argument.Wrong<EscalationId?>(
                        "After which escalation? Write its number, as in `after ESC-12`."
                    )
                : Argument.Absent<EscalationId?>()
    )
    {
        IsOptional = true,
        Hint = "Write `after ESC-12` for what comes behind that one.",
    };

    public static Permission Permission => EscalationRights.Read;

    public static CommandSpec Spec { get; } =
        new("list", "List escalations, the most urgent first", Filter, After)
        {
            Examples = ["list", "list mine", "list sev1", "list acme"],
            Details =
                "Without a word: everything open. `mine`: what you own or raised. `all`: resolved ones too. A customer called like one of these words goes in quotes.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var filter = call.Get(Filter);
        if (await Choose(filter, call.Envelope.User, cancel) is not { } list)
        {
            return Reply.Say(
                Words.Of(
                    $"There is no customer “{filter!.Value}”. {Words.Code($"/{CommandSpec.Trigger} list")} takes {Words.Code("mine")}, {Words.Code("all")}, {Words.Code("sev1")} to {Words.Code("sev4")}, or a customer; a name of several words goes in quotes."
                )
            );
        }

        IndexPosition? after = null;
        if (call.Get(After) is { } id)
        {
            if (await book.Find(id, cancel) is not { Value: var last })
            {
                return Reply.No(new NoSuchEscalation(id));
            }

            after = list.PositionOf(last);
        }

        var page = await book.List(list, after, cancel);
        return Reply.Say(await Show(list, page, after is not null, cancel));
    }

    private async ValueTask<EscalationList?> Choose(
        CommandWord? filter,
        UserId reader,
        CancellationToken cancel
    )
    {
        if (filter is null)
        {
            return EscalationList.Open;
        }

        if (!filter.IsQuoted)
        {
            switch (filter.Value.ToLowerInvariant())
            {
                case "mine" or "my" or "me":
                    return EscalationList.Of(reader);
                case "all":
                    return EscalationList.All;
                case "open":
                    return EscalationList.Open;
                case var word
                    when Vocabulary.Severities.Read(word.Replace("-", "", StringComparison.Ordinal))
                        is { } severity:
                    return EscalationList.Of(severity);
            }
        }

        return await customers.Find(filter.Value, cancel) is { Known: { } customer }
            ? EscalationList.Of(customer.Key, customer.Name)
            : null;
    }

    private async ValueTask<Words> Show(
        EscalationList list,
        Page<Escalation> page,
        bool isLaterPage,
        CancellationToken cancel
    )
    {
        if (page.Items.Count == 0)
        {
            return isLaterPage
                ? Words.Of($"{list.Title}: that was all.")
                : Words.Of(
                    $"{list.Title}: none. {Words.Code($"/{CommandSpec.Trigger}")} raises one."
                );
        }

        var now = clock.GetUtcNow();
        var count = await book.Count(list, cancel);
        var total =
            count < EscalationList.CountedUpTo
                ? Words.Of($"{count}")
                : Words.Of($"more than {count - 1}");
        var more = page.Next is null
            ? Words.None
            : Words.Of(
                $"\nMore: {Words.Code($"/{CommandSpec.Trigger} list {(list.Filter + " after").TrimStart()} {page.Items[^1].Value.Id}")}"
            );
        return Words.Lines([
            Words.Of(
                $"#### {list.Title} ({total}){(isLaterPage ? Words.Of($", continued") : Words.None)}"
            ),
            Words.Of($"| | Severity | Customer | Summary | State | Owner | Age |"),
            Words.Of($"|:--|:--|:--|:--|:--|:--|--:|"),
            .. page.Items.Select(item => Row(item.Value, now)),
            more,
        ]);
    }

    private static Words Row(Escalation escalation, DateTimeOffset now)
    {
        var owner = escalation.Owner is { } who ? Words.Of($"{who}") : Words.Of($"–");
        var summary = UserText.Shorten(escalation.Summary.ReplaceLineEndings(" "), 80);
        return Words.Of(
            $"| **{escalation.Id}** | {Vocabulary.Severities.Label(escalation.Severity)} | {escalation.CustomerName} | {summary} | {Vocabulary.States.Label(escalation.State)} | {owner} | {Times.Length(now - escalation.RaisedAt)} |"
        );
    }

    private static bool IsAfter(CommandWord word) =>
        !word.IsQuoted && word.Value.Equals("after", StringComparison.OrdinalIgnoreCase);
}
