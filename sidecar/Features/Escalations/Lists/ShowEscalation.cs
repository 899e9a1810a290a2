using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Lists;

/// <summary><c>/escalate show ESC-1</c>: everything about one, for whoever asks.</summary>
internal sealed class ShowEscalation(
    EscalationStore book,
    IncidentChannels channels,
    PeopleDirectory people
) : ISlashCommand
{
    public static Permission Permission => EscalationRights.Read;

    public static CommandSpec Spec { get; } =
        new("show", "Show an escalation", EscalationArguments.Id)
        {
            Synonyms = ["status", "view"],
            Examples = ["show ESC-12"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(EscalationArguments.Id);
        return await book.Find(id, cancel) is { Value: var escalation }
            ? Reply.Say(
                EscalationCards.Describe(
                    await channels.Named(escalation, cancel),
                    await people.ZoneOf(call.Envelope.User, cancel)
                )
            )
            : Reply.No(new NoSuchEscalation(id));
    }
}

/// <summary><c>/escalate timeline ESC-1</c>: what happened, when and by whom (ESC-7, ALL-4).</summary>
internal sealed class ShowTimeline(
    EscalationStore book,
    IncidentChannels channels,
    IncidentReaders readers,
    RoleStore roles,
    PeopleDirectory people
) : ISlashCommand
{
    private const int PageSize = 40;

    private static readonly Parameter<long?> After = new(
        "after",
        "[after 123]",
        source =>
            source.Next is { IsQuoted: false } word && word.Says("after")
                ? TypedNumber.Whole(source.AfterNext?.Value ?? "") is { } entry
                    ? ReadArgument.Of<long?>(entry, taken: 2)
                    : ReadArgument.Wrong<long?>(
                        "After which entry? Copy the number from the end of the previous page."
                    )
                : ReadArgument.Absent<long?>()
    )
    {
        IsOptional = true,
        Hint = "Copy the command from the end of the previous page.",
    };

    public static Permission Permission => EscalationRights.Read;

    public static CommandSpec Spec { get; } =
        new("timeline", "Show what happened to an escalation", EscalationArguments.Id, After)
        {
            Examples = ["timeline ESC-12"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(EscalationArguments.Id);
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        if (await readers.WhyNot(escalation, call.Envelope.User, cancel) is { } why)
        {
            return Reply.No(why);
        }

        // A new name is an entry of its own.
        await channels.Named(escalation, cancel);
        var zone = await people.ZoneOf(call.Envelope.User, cancel);
        var isOurs = !(await roles.Of(call.Envelope.User, cancel)).Roles.IsEmpty;
        var entries = await book.History(id, call.Get(After) ?? 0, PageSize + 1, cancel);
        if (entries.Count == 0)
        {
            return Reply.Say(Markdown.Of($"Timeline of {id}: that was all."));
        }

        var more =
            entries.Count > PageSize
                ? Markdown.Of(
                    $"\nMore: {Markdown.Code($"/{SlashCommand.Trigger} timeline {id} after {entries[PageSize - 1].Sequence}")}"
                )
                : Markdown.None;
        return Reply.Say(
            Markdown.Lines([
                Markdown.Of($"#### Timeline of {id} · {escalation.CustomerName}"),
                .. entries
                    .Take(PageSize)
                    .Select(e => Markdown.Of($"- {Times.At(e.At, zone)}: {Line(e.Fact, isOurs)}")),
                more,
            ])
        );
    }

    /// <summary>What somebody typed on several lines must not look like entries of its own.</summary>
    private static Markdown Line(EscalationFact fact, bool isOurs) =>
        fact is EscalationFact.Edited ? fact.Sentence : fact.ToldTo(isOurs).OnOneLine();
}
