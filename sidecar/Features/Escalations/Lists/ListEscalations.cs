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
    private static readonly Parameter<ListWords> Filter = new(
        "which",
        "[mine | @person | here | all | <state> | <customer> | sev1…sev4]",
        ListWords.Take
    )
    {
        IsOptional = true,
        Hint =
            "Write `mine`, `@name`, `here`, `all`, a state, a severity or a customer, or several of them; a name of several words goes in quotes.",
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
            source.Next is { } word && ListWords.IsAfter(word)
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
            Examples =
            [
                "list",
                "list mine",
                "list sev1",
                "list redirected",
                "list acme",
                "list mine sev1",
                "list @lead",
            ],
            Details =
                "Without a word: everything open. `mine`: what you own, raised or follow; `@name`: what somebody else does. `here`: what belongs to this channel. `all`: what is over or elsewhere, too. Several words narrow it down: `list acme sev2`. A customer called like one of these words goes in quotes. `why ESC-12` explains its place in the list.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var mayRead = await customers.MayRead(call.Envelope.User, cancel);
        var words = call.Get(Filter) ?? ListWords.Nothing;
        if (words.Name.Length > 0 && await CustomersOnly(words, mayRead, cancel) is { } whole)
        {
            // All of it is the name of a customer, whatever its words mean one by one.
            words = whole;
        }

        if (words.Problem is { } problem)
        {
            return Reply.No(Markdown.Of($"{problem}\n{CommandParser.YouTyped(call.Line)}"));
        }

        var of = words.Name.Length == 0 ? null : await Customer(words.Name, mayRead, cancel);
        if (words.Name.Length > 0 && of is null)
        {
            var none =
                words.Name[0] == '@'
                    ? Markdown.Of(
                        $"Nobody in this team is called “{words.Name[1..]}”, and there are no escalations of a customer called so."
                    )
                : mayRead ? Markdown.Of($"There is no customer “{words.Name}”.")
                : Markdown.Of($"There are no escalations of a customer “{words.Name}”.");
            return Reply.Say(
                Markdown.Of(
                    $"{none} {Markdown.Code($"/{SlashCommand.Trigger} list")} takes {Markdown.Code("mine")}, {Markdown.Code("@name")}, {Markdown.Code("here")}, {Markdown.Code("all")}, {Markdown.Code("sev1")} to {Markdown.Code("sev4")}, a state ({States}), or a customer, and several of them, as in {Markdown.Code("list mine sev1")}; a name of several words goes in quotes."
                )
            );
        }

        var chosen = await Choose(words, of, call.Envelope, cancel);
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

    private static Markdown States { get; } =
        Markdown.Listed(
            [
                .. Vocabulary
                    .States.Where(s => s.Value != EscalationState.New)
                    .Select(s => Markdown.Code(s.Code)),
            ],
            "or"
        );

    /// <summary>What is in all of the lists that were named; the first is the one that holds the least.</summary>
    private async ValueTask<EscalationList> Choose(
        ListWords words,
        EscalationList? of,
        Envelope reader,
        CancellationToken cancel
    )
    {
        var named = new List<EscalationList>();
        if (of is not null)
        {
            named.Add(of);
        }

        if (words.IsMine)
        {
            named.Add(EscalationList.Of(reader.User));
        }

        if (words.Of is { } person)
        {
            named.Add(EscalationList.Of(person.Id, person.Name));
        }

        if (words.IsHere)
        {
            named.Add(await lists.Here(reader.Channel, cancel));
        }

        if (words.Severity is { } severity)
        {
            named.Add(EscalationList.Of(severity));
        }

        if (words.State is { } state)
        {
            named.Add(EscalationList.Of(state));
        }

        return EscalationList.Choose(named, words.IsAll, words.IsOpen);
    }

    /// <summary>All words together, when a customer is called so; null when none is.</summary>
    private async ValueTask<ListWords?> CustomersOnly(
        ListWords words,
        bool mayRead,
        CancellationToken cancel
    ) =>
        words.Text != words.Name && await Customer(words.Text, mayRead, cancel) is not null
            ? ListWords.Nothing with
            {
                Name = words.Text,
            }
            : null;

    /// <summary>What there is of a customer; null when there is none whom the reader may know of.</summary>
    private async ValueTask<EscalationList?> Customer(
        string name,
        bool mayRead,
        CancellationToken cancel
    )
    {
        if (await customers.Find(name, cancel) is { Known: { } customer })
        {
            var known = EscalationList.Of(customer.Key, customer.Name);
            // That there is such a customer is told by what was raised for them, or to who may read customers.
            return mayRead || await lists.Count(known, cancel) > 0 ? known : null;
        }

        var unknown = EscalationList.OfUnknown(name);
        return await lists.Count(unknown, cancel) > 0 ? unknown : null;
    }

    private async ValueTask<Markdown> Show(
        EscalationList list,
        Page<Escalation> page,
        bool isLaterPage,
        CancellationToken cancel
    )
    {
        if (page.Items.Count == 0 && page.Next is null)
        {
            return isLaterPage
                ? Markdown.Of($"{list.Title}: that was all.")
                : Markdown.Of(
                    $"{list.Title}: none. {Markdown.Code($"/{SlashCommand.Trigger}")} raises one."
                );
        }

        var now = clock.GetUtcNow();
        var (count, isAll) = await lists.Tally(list, cancel);
        var total =
            isAll ? Markdown.Of($"{count}")
            : list.IsNarrowed ? Markdown.Of($"at least {count}")
            : Markdown.Of($"more than {count}");
        // Where it is narrowed, the last one that was read need not be one that is shown.
        var more = page.Next is not { } next
            ? Markdown.None
            : Markdown.Of(
                $"\nMore: {Markdown.Code($"/{SlashCommand.Trigger} list {(list.Filter + " after").TrimStart()} {next.Id}")}"
            );
        return Markdown.Lines([
            Markdown.Of(
                $"#### {list.Title} ({total}){(isLaterPage ? Markdown.Of($", continued") : Markdown.None)}"
            ),
            .. EscalationTable.Of(page.Items.Select(item => item.Value), now),
            more,
        ]);
    }
}
