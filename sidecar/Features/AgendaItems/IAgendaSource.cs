using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.AgendaItems;

/// <summary>
/// What a feature has for the weekly meeting (WEEK-1), and how it keeps what was said there about it: the agenda is made
/// of what all of them have.
/// </summary>
internal interface IAgendaSource
{
    /// <summary>Its parts of the agenda, also those in which nothing stands.</summary>
    ValueTask<IReadOnlyList<AgendaSection>> Sections(AgendaReader reader, CancellationToken cancel);

    /// <summary>Whether something on the agenda is of this feature.</summary>
    bool Has(string about);

    /// <summary>Records in its timeline what was said about it.</summary>
    /// <param name="about">About which.</param>
    /// <param name="note">What was said.</param>
    /// <param name="act">Names the act of whoever said it: delivered twice, it is recorded once.</param>
    /// <param name="also">Committed with it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Why not; null when it is recorded.</returns>
    Task<Refusal?> Keep(
        string about,
        MeetingNote note,
        string act,
        Func<Change, CancellationToken, ValueTask> also,
        CancellationToken cancel
    );
}

/// <summary>For whom an agenda is made.</summary>
/// <param name="Now">When, UTC.</param>
/// <param name="MayReadRevenue">
/// They may know what customers pay; otherwise neither a word nor an order depends on it, as far as it decides what stands
/// first.
/// </param>
internal sealed record AgendaReader(DateTimeOffset Now, bool MayReadRevenue);

/// <summary>A part of the agenda.</summary>
/// <param name="Order">The lower, the earlier.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Items">What stands there, in order.</param>
internal sealed record AgendaSection(int Order, string Title, ImmutableArray<AgendaItem> Items);

/// <summary>Something to talk about.</summary>
/// <param name="About">Its number or key, by which it is known from one week to the next.</param>
/// <param name="Name">Number and customer, in a few words.</param>
/// <param name="Text">What it is.</param>
/// <param name="Standing">How it stands, in a word or two: what is compared with the week before.</param>
internal sealed record AgendaItem(string About, string Name, Markdown Text, string Standing);

/// <summary>What was said about something in the weekly meeting.</summary>
/// <param name="By">Who wrote it down.</param>
/// <param name="IsDecision">It was decided; else it is a note.</param>
/// <param name="Text">In their words.</param>
/// <param name="On">The day of the meeting.</param>
internal sealed record MeetingNote(UserId By, bool IsDecision, string Text, DateOnly On)
{
    public const int MaxTextLength = 2000;

    /// <summary>For those who may read a timeline without being of us: that something was said, not what.</summary>
    public Markdown SaidToAll =>
        Markdown.Of(
            $"{By} {Markdown.Typed(IsDecision ? "recorded a decision from" : "took a note in")} the weekly meeting of {Sidecar.Time.CalendarDay.Write(On)}."
        );

    /// <summary>For a timeline.</summary>
    public Markdown Said =>
        Markdown.Of(
            $"{By} {Markdown.Typed(IsDecision ? "recorded a decision from" : "took a note in")} the weekly meeting of {Sidecar.Time.CalendarDay.Write(On)}: {Text}"
        );
}
