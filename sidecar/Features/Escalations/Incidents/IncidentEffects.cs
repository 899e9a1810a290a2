using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Checklists;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Incidents;

/// <summary>What a change of an escalation means for its incident channel: opened, people, card, checklist, header (PB-1, PB-3).</summary>
internal sealed class IncidentEffects(IncidentSettings settings, WorkingTime calendar)
{
    private const int LongestBeginning = 24;
    private const int MaxTitle = 64;
    private const int MaxPurpose = 200;

    /// <summary>What is to be done in the chat.</summary>
    /// <param name="before">The escalation before the change; null when it is new.</param>
    /// <param name="after">As it is.</param>
    /// <param name="facts">What happened.</param>
    public IEnumerable<Effect> Of(
        Escalation? before,
        Escalation after,
        IReadOnlyList<EscalationFact> facts
    )
    {
        if (after.Incident is not { } incident)
        {
            return [];
        }

        return incident.Channel is { } channel
            ?
            [
                .. Admit(before?.Incident, incident, channel, after),
                .. Show(before, after, facts),
                .. Tell(channel, after, facts),
            ]
            : [.. Open(after, facts), .. ShowWithout(before, after, facts)];
    }

    /// <summary>Its posts that are kept current, as they are now.</summary>
    public static IEnumerable<Effect> Cards(Escalation escalation)
    {
        if (escalation.Incident is not { } incident)
        {
            yield break;
        }

        if (incident.Channel is not { } channel)
        {
            yield return ShowChecklist(escalation, escalation.Channel, escalation.Thread);
            yield break;
        }

        yield return CardIn(channel.Id, escalation);
        yield return ShowChecklist(escalation, channel.Id, thread: null);
    }

    /// <summary>
    /// What stands above the channel: who owns it and whose problem it is. The owner comes first, since the channel's name
    /// says the rest and a phone shows the beginning only. How things are stands in the pinned card: Mattermost writes a
    /// line into the channel for every change of a header.
    /// </summary>
    public static Markdown Header(Escalation escalation) =>
        Markdown.Of(
            $"Owner: {Owner(escalation)} · **{escalation.Id}** · {Vocabulary.Severities.Label(escalation.Severity)} · {escalation.CustomerName}"
        );

    private static Markdown Owner(Escalation escalation) =>
        escalation.Owner is { } owner ? Markdown.Of($"{owner}") : Markdown.Of($"nobody yet");

    private IEnumerable<Effect> Open(Escalation after, IReadOnlyList<EscalationFact> facts)
    {
        if (
            settings.Channel == IncidentChannel.None
            || !facts.Any(f =>
                f is EscalationFact.PlaybookStarted or EscalationFact.ChannelAskedForAgain
            )
        )
        {
            yield break;
        }

        var day = TimeZoneInfo.ConvertTime(after.Incident!.StartedAt, calendar.Zone);
        yield return new Effect.OpenChannel(
            new NewChannel(
                after.Channel,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Beginning(after)}-{after.Customer.Value}-{day:yyyyMMdd}"
                ),
                MarkdownEscaper.Shorten(
                    $"{after.Id} · {Title(after)} · {after.CustomerName}",
                    MaxTitle
                ),
                after.Id.ToString(),
                MarkdownEscaper.Shorten(after.Summary.ReplaceLineEndings(" "), MaxPurpose),
                settings.Channel == IncidentChannel.Private
            )
            {
                Header = Header(after),
            }
        )
        {
            About = after.Id.ToString(),
            Awaited = new OutcomeAddress(HearFromChat.Kind, $"{after.Id}/channel"),
        };
    }

    private static string Title(Escalation after) =>
        after.Incident is { ChannelName: { Length: > 0 } name }
            ? name.ReplaceLineEndings(" ")
            : Vocabulary.Severities.Label(after.Severity);

    /// <summary>What the channel's name begins with: small letters, digits and hyphens.</summary>
    private static string Beginning(Escalation after)
    {
        var words = string.Join(
            '-',
            new string([
                .. (after.Incident?.ChannelName ?? "")
                    .ToLowerInvariant()
                    .Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' '),
            ]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        return words.Length == 0 ? Vocabulary.Severities.Code(after.Severity)
            : words.Length > LongestBeginning ? words[..LongestBeginning].TrimEnd('-')
            : words;
    }

    private static IEnumerable<Effect> Admit(
        Incident? before,
        Incident after,
        NamedChannel channel,
        Escalation escalation
    )
    {
        var added = after.Admitted.Except(before?.Admitted ?? []).ToImmutableArray();
        if (!added.IsEmpty)
        {
            yield return new Effect.Admit(channel.Id, added)
            {
                About = escalation.Id.ToString(),
                Awaited = new OutcomeAddress(
                    HearFromChat.Kind,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{escalation.Id}/people/{after.Admitted.Length}"
                    )
                ),
            };
        }
    }

    private static IEnumerable<Effect> Show(
        Escalation? before,
        Escalation after,
        IReadOnlyList<EscalationFact> facts
    )
    {
        var channel = after.Incident!.Channel!.Value.Id;
        var isNew = before?.Incident?.Channel is null;
        var onBehalfOf = after.Owner ?? after.Reporter;
        if (isNew || facts.Any(f => f.ChangesCard))
        {
            yield return CardIn(channel, after);
        }

        if (isNew || Header(before!) != Header(after))
        {
            yield return new Effect.SetHeader(channel, Header(after))
            {
                About = after.Id.ToString(),
                OnBehalfOf = onBehalfOf,
            };
        }

        if (isNew || IsChanged(before!.Incident!, after.Incident))
        {
            yield return ShowChecklist(after, channel, thread: null);
        }

        if (isNew && before?.Incident?.NoChannel is not null)
        {
            yield return new Effect.ShowCard(
                after.Checklist,
                after.Channel,
                after.Thread,
                Markdown.Of(
                    $"The checklist of {after.Id} is in {after.Incident.Channel.Value} now."
                ),
                new Card(Markdown.Typed(after.Incident.PlaybookName), Tone.Neutral)
            )
            {
                About = after.Id.ToString(),
            };
        }
    }

    private static Effect.ShowCard CardIn(ChannelId channel, Escalation escalation) =>
        new(
            escalation.CardInChannel,
            channel,
            Thread: null,
            EscalationCards.Headline(escalation),
            EscalationCards.Card(escalation)
        )
        {
            About = escalation.Id.ToString(),
            OnBehalfOf = escalation.Owner ?? escalation.Reporter,
            IsPinned = true,
        };

    /// <summary>
    /// What whoever works in the channel must not have to look for in another thread. What an update says by itself is
    /// not said before it.
    /// </summary>
    private static IEnumerable<Effect> Tell(
        NamedChannel channel,
        Escalation after,
        IReadOnlyList<EscalationFact> facts
    ) =>
        facts
            .Where(fact =>
                fact
                    is EscalationFact.Acknowledged
                        or EscalationFact.EscalationAssigned
                        or EscalationFact.UpdateSnoozed
                        or EscalationFact.FixHeld
                        or EscalationFact.Reopened
                        or EscalationFact.EscalationConfirmed
                        or EscalationFact.EscalationClosed
                        or EscalationFact.EscalationCancelled
                        or EscalationFact.RouteSettled
                        or EscalationFact.TakenProvisionally
                        or EscalationFact.HandedOver
                        or EscalationFact.CustomerNamed
                        or EscalationFact.MergedInto
                        or EscalationFact.Merged
                        or EscalationFact.WentOnAs
                || (
                    fact is EscalationFact.Moved or EscalationFact.Resolved
                    && !facts.Any(f => f is EscalationFact.UpdatePosted)
                )
            )
            .Select(fact => new Effect.Say(channel.Id, Thread: null, fact.Sentence.Quiet())
            {
                About = after.Id.ToString(),
                OnBehalfOf = fact.By ?? after.Owner,
            });

    /// <summary>Where there is no channel, the checklist stands where the escalation was raised.</summary>
    private IEnumerable<Effect> ShowWithout(
        Escalation? before,
        Escalation after,
        IReadOnlyList<EscalationFact> facts
    )
    {
        var isWithout =
            settings.Channel == IncidentChannel.None || after.Incident!.NoChannel is not null;
        var begins = facts.Any(f =>
            f is EscalationFact.PlaybookStarted or EscalationFact.ChannelNotOpened
        );
        if (isWithout && (begins || IsChanged(before!.Incident!, after.Incident!)))
        {
            yield return ShowChecklist(after, after.Channel, after.Thread);
        }
    }

    private static bool IsChanged(Incident before, Incident after) =>
        before.Stages != after.Stages || before.ExecutiveSince != after.ExecutiveSince;

    private static Effect.ShowCard ShowChecklist(
        Escalation escalation,
        ChannelId channel,
        PostId? thread
    )
    {
        var (headline, card) = ChecklistCards.Checklist(escalation);
        return new Effect.ShowCard(
            channel == escalation.Incident!.Channel?.Id
                ? escalation.ChecklistInChannel
                : escalation.Checklist,
            channel,
            thread,
            headline,
            card
        )
        {
            About = escalation.Id.ToString(),
            OnBehalfOf = escalation.Owner ?? escalation.Reporter,
        };
    }
}
