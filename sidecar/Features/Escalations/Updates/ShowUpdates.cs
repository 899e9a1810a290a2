using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Updates;

/// <summary>Reads the updates that were posted: a page costs the same however many there are.</summary>
internal sealed class UpdateHistory(Store store)
{
    /// <summary>A page, the newest first.</summary>
    /// <param name="id">Of which escalation.</param>
    /// <param name="before">Only older ones than this; null: from the newest on.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask<Page<StoredUpdate>> Page(
        EscalationId id,
        int? before,
        int limit,
        CancellationToken cancel
    ) =>
        store.List(
            StoredUpdate.Kind,
            StoredUpdate.ByEscalation,
            StoredUpdate.Of(id),
            before is { } number
                ? new IndexPosition(StoredUpdate.Place(id, number), StoredUpdate.IdOf(id, number))
                : null,
            limit,
            cancel
        );
}

/// <summary><c>/escalate updates ESC-1</c>: what everybody was told, the newest first.</summary>
internal sealed class ShowUpdates(
    EscalationStore book,
    UpdateHistory history,
    IncidentReaders readers,
    UpdateQueries desk
) : ISlashCommand
{
    private const int PageSize = 5;
    private const int Quotable = 400;

    private static readonly Parameter<int?> Before = new(
        "before",
        "[before 12]",
        source =>
            source.Next is { IsQuoted: false } word && word.Says("before")
                ? TypedNumber.Whole(source.AfterNext?.Value ?? "") is { } number and <= int.MaxValue
                    ? ReadArgument.Of<int?>((int)number, taken: 2)
                    : ReadArgument.Wrong<int?>(
                        "Before which update? Write its number, as in `before 12`."
                    )
                : ReadArgument.Absent<int?>()
    )
    {
        IsOptional = true,
        Hint = "Write `before 12` for the updates before number 12.",
    };

    public static Permission Permission => EscalationRights.Read;

    public static CommandSpec Spec { get; } =
        new("updates", "Show the status updates of an escalation", EscalationArguments.Id, Before)
        {
            Examples = ["updates ESC-12", "updates ESC-12 before 6"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (id, before) = (call.Get(EscalationArguments.Id), call.Get(Before));
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        var zone = (await desk.Present(call.Envelope.User, cancel)).Zone;
        var withNotes = await readers.MayRead(escalation, call.Envelope.User, cancel);
        var page = await history.Page(id, before, PageSize, cancel);
        return Reply.Say(
            page.Items.Count == 0
                ? Nothing(escalation, before)
                : Markdown.Lines([
                    Markdown.Of($"#### Status updates of {id} · {escalation.CustomerName}"),
                    .. page.Items.Select(u => Show(u.Value.Update, zone, withNotes)),
                    page.Next is null
                        ? Markdown.None
                        : Markdown.Of(
                            $"\nOlder ones: {EscalationWords.Command($"updates {id} before {page.Items[^1].Value.Update.Number}")}"
                        ),
                ])
        );
    }

    private static Markdown Nothing(Escalation escalation, int? before) =>
        before is not null
            ? Markdown.Of($"Status updates of {escalation.Id}: that was all.")
            : Markdown.Of(
                $"There is no status update of {escalation.Id} yet. {EscalationWords.Command($"update {escalation.Id}")} writes one."
            );

    private static Markdown Show(StatusUpdate update, TimeZoneInfo zone, bool withNotes) =>
        Markdown.Lines([
            Markdown.Of(
                $"**{update.Number}** · {Times.At(update.At, zone)} · *{Vocabulary.States.Label(update.Status)}* · {update.By} · {new IncidentHours(update.Age)} in"
            ),
            Markdown.Of($"- Summary: {Short(update.Summary)}"),
            Markdown.Of($"- {UpdatePost.Next(update, zone)}"),
            Line("Customer impact", update.CustomerImpact),
            withNotes ? Line("Technical notes", update.Notes) : Markdown.None,
        ]);

    private static Markdown Line(string label, string text) =>
        text.Length == 0 ? Markdown.None : Markdown.Of($"- {label}: {Short(text)}");

    private static Markdown Short(string text) =>
        Markdown.Typed(MarkdownEscaper.Shorten(text, Quotable)).OnOneLine();
}
