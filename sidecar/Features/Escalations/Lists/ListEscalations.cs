using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Lists;

/// <summary><c>/escalate list</c>: what there is, the most urgent first, a page at a time.</summary>
internal sealed class ListEscalations(
    EscalationStore book,
    EscalationLists lists,
    CustomerStore customers,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Filter = new(
        "which",
        "[mine | here | all | <state> | <customer> | sev1…sev4]",
        source =>
            source.Next is { } word && !IsAfter(word)
                ? ReadFilter(source, word)
                : ReadArgument.Absent<CommandWord>()
    )
    {
        IsOptional = true,
        Hint =
            "Write `mine`, `here`, `all`, a state, a severity or a customer; a name of several words goes in quotes.",
        Words =
        [
            new("mine", "What you own, raised or follow", ""),
            new("here", "What belongs to this channel", ""),
            new("all", "Also what is over or elsewhere", ""),
            .. Parameter.Of("sev1", "sev2", "sev3", "sev4"),
            .. Vocabulary
                .States.Where(s => s.Value != EscalationState.New)
                .Select(s => new OfferedWord(s.Code, s.Label, "")),
        ],
        Completes = CustomerArguments.Completed,
    };

    private static readonly Parameter<EscalationId?> After = new(
        "after",
        "[after ESC-1]",
        source =>
            source.Next is { } word && IsAfter(word)
                ? source.AfterNext is { } id && EscalationId.Read(id.Value) is { } read
                    ? ReadArgument.Of<EscalationId?>(read, taken: 2)
                    : ReadArgument.Wrong<EscalationId?>(
                        "After which escalation? Write its number, as in `after ESC-12`."
                    )
                : ReadArgument.Absent<EscalationId?>()
    )
    {
        IsOptional = true,
        Hint = "Write `after ESC-12` for what comes after that one.",
    };

    public static Permission Permission => EscalationRights.Read;

    public static CommandSpec Spec { get; } =
        new("list", "List escalations in the order of their priority", Filter, After)
        {
            Synonyms = ["ls"],
            IsHinted = true,
            Examples = ["list", "list mine", "list sev1", "list redirected", "list acme"],
            Details =
                "Without a word: everything open. `mine`: what you own, raised or follow. `here`: what belongs to this channel. `all`: what is over or elsewhere, too. A customer called like one of these words goes in quotes. `why ESC-12` explains its place in the list.",
        };

    /// <summary>A severity in any of its spellings, a word, or all words of a name up to “after”.</summary>
    private static ReadArgument<CommandWord> ReadFilter(ArgumentSource source, CommandWord word)
    {
        if (word.IsQuoted)
        {
            return ReadArgument.Of(word);
        }

        return TypedSeverity.Read(word.Value, source.AfterNext?.Value) switch
        {
            (TypedSeverity.KnownSeverity { Which: var severity }, var taken) => ReadArgument.Of(
                word with
                {
                    Value = Vocabulary.Severities.Code(severity),
                },
                taken
            ),
            (TypedSeverity.NoSuchSeverity { Problem: var problem }, _) =>
                ReadArgument.Wrong<CommandWord>(problem),
            _ => CustomerArguments.ReadWhole(source),
        };
    }

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var filter = call.Get(Filter);
        var mayRead = await customers.MayRead(call.Envelope.User, cancel);
        if (await Choose(filter, call.Envelope, mayRead, cancel) is not { } chosen)
        {
            var none = mayRead
                ? Markdown.Of($"There is no customer “{filter!.Value}”.")
                : Markdown.Of($"There are no escalations of a customer “{filter!.Value}”.");
            return Reply.Say(
                Markdown.Of(
                    $"{none} {Markdown.Code($"/{SlashCommand.Trigger} list")} takes {Markdown.Code("mine")}, {Markdown.Code("here")}, {Markdown.Code("all")}, {Markdown.Code("sev1")} to {Markdown.Code("sev4")}, a state, or a customer; a name of several words goes in quotes."
                )
            );
        }

        var list = chosen.For(mayRead);
        IndexPosition? after = null;
        if (call.Get(After) is { } id)
        {
            if (await book.Find(id, cancel) is not { Value: var last })
            {
                return Reply.No(new NoSuchEscalation(id));
            }

            after = list.PositionOf(last);
        }

        var page = await lists.Page(list, after, cancel);
        return Reply.Say(await Show(list, page, after is not null, cancel));
    }

    private async ValueTask<EscalationList?> Choose(
        CommandWord? filter,
        Envelope reader,
        bool mayRead,
        CancellationToken cancel
    )
    {
        if (filter is null)
        {
            return EscalationList.Open;
        }

        if (!filter.IsQuoted)
        {
            switch (BareWord.Of(filter.Value).ToLowerInvariant())
            {
                case "mine" or "my" or "me":
                    return EscalationList.Of(reader.User);
                case "here":
                    return await lists.Here(reader.Channel, cancel);
                case "all":
                    return EscalationList.All;
                case "open":
                    return EscalationList.Open;
                case var word
                    when Vocabulary.Severities.Read(word.Replace("-", "", StringComparison.Ordinal))
                        is { } severity:
                    return EscalationList.Of(severity);
                case var word when Vocabulary.States.Read(word) is { } state:
                    return EscalationList.Of(state);
            }
        }

        if (await customers.Find(filter.Value, cancel) is { Known: { } customer })
        {
            var known = EscalationList.Of(customer.Key, customer.Name);
            // That there is such a customer is told by what was raised for them, or to who may read customers.
            return mayRead || await lists.Count(known, cancel) > 0 ? known : null;
        }

        var unknown = EscalationList.OfUnknown(filter.Value);
        return await lists.Count(unknown, cancel) > 0 ? unknown : null;
    }

    private async ValueTask<Markdown> Show(
        EscalationList list,
        Page<Escalation> page,
        bool isLaterPage,
        CancellationToken cancel
    )
    {
        if (page.Items.Count == 0)
        {
            return isLaterPage
                ? Markdown.Of($"{list.Title}: that was all.")
                : Markdown.Of(
                    $"{list.Title}: none. {Markdown.Code($"/{SlashCommand.Trigger}")} raises one."
                );
        }

        var now = clock.GetUtcNow();
        var count = await lists.Count(list, cancel);
        var total =
            count < EscalationList.CountedUpTo
                ? Markdown.Of($"{count}")
                : Markdown.Of($"more than {count - 1}");
        var more = page.Next is null
            ? Markdown.None
            : Markdown.Of(
                $"\nMore: {Markdown.Code($"/{SlashCommand.Trigger} list {(list.Filter + " after").TrimStart()} {page.Items[^1].Value.Id}")}"
            );
        return Markdown.Lines([
            Markdown.Of(
                $"#### {list.Title} ({total}){(isLaterPage ? Markdown.Of($", continued") : Markdown.None)}"
            ),
            .. EscalationTable.Of(page.Items.Select(item => item.Value), now),
            more,
        ]);
    }

    private static bool IsAfter(CommandWord word) => !word.IsQuoted && word.Says("after");
}
