using System.Text;
using System.Text.Json;
using Campaigns.Model;
using Mattermost.Simulator;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Webhooks;

namespace Campaigns;

/// <summary>Holds what is there against what the model says must be there: nothing lost, nothing doubled, order kept, in time.</summary>
internal sealed partial class Checks(Town town, List<Case> cases, IReadOnlyList<Pair> pairs)
{
    /// <summary>What is over for so long does not change any more.</summary>
    private static readonly TimeSpan OverFor = TimeSpan.FromDays(15);

    /// <summary>What the product says in threads by itself, of which the model does not know the moment.</summary>
    private static readonly string[] OfTheProduct =
    [
        ":alarm_clock:",
        ":memo:",
        ":necktie:",
        ":stopwatch:",
        ":telephone_receiver:",
        "The incident channel is",
        "The fix is watched until",
    ];

    private static readonly Dictionary<string, string> Hooks = new(StringComparer.Ordinal)
    {
        ["Raised"] = "escalation.raised",
        ["Acknowledged"] = "escalation.acknowledged",
        ["EscalationAssigned"] = "escalation.assigned",
        ["Moved"] = "escalation.moved",
        ["Edited"] = "escalation.edited",
        ["Resolved"] = "escalation.resolved",
        ["EscalationConfirmed"] = "escalation.confirmed",
        ["EscalationClosed"] = "escalation.closed",
        ["Reopened"] = "escalation.reopened",
        ["EscalationCancelled"] = "escalation.cancelled",
        ["UpdatePosted"] = "status-update.posted",
    };

    private int _facts;
    private int _lines;
    private int _reminders;
    private int _posts;
    private int _hooks;
    private int _checkIns;

    public string Summary =>
        $"{cases.Count} escalations with {_facts} facts in trail and thread, {_lines} lines of threads in order, {_reminders} reminders, {_checkIns} weeks of check-ins, {_posts} posts each once, {_hooks} webhooks";

    /// <summary>What people did to an escalation, as its trail has it.</summary>
    public async Task<IReadOnlyList<Fact>> FactsOf(Subject of) =>
        of is Pair pair ? await AnswersOf(pair)
        : of is Case one ? await FactsOf(one)
        : [];

    private async Task<IReadOnlyList<Fact>> FactsOf(Case one) =>
        [
            .. (await town.Desk.Facts(one.Number))
                // What checks itself off in a checklist is said by whoever made it so, and follows from what they did.
                .Where(f => f.By is not null && f is not EscalationFact.TaskChanged)
                .Select(f => new Fact(
                    f.GetType().Name,
                    town.WhoIs(f.By!.Value.Value),
                    Town.AsRead(f.Sentence.Show(p => town.WhoIs(p.Value)))
                )),
        ];

    private async Task<IReadOnlyList<Fact>> AnswersOf(Pair pair) =>
        [
            .. (await town.Desk.AssignmentFacts(pair.Number))
                .OfType<AssignmentFact.CheckInAnswered>()
                .Select(f => new Fact(
                    nameof(AssignmentFact.CheckInAnswered),
                    town.WhoIs(f.By!.Value.Value),
                    f.Answers.GoingWell
                )),
        ];

    /// <summary>The first of these are what was expected.</summary>
    public static bool Begins(IReadOnlyList<Fact> seen, IReadOnlyList<Fact> expected) =>
        seen.Count >= expected.Count && expected.Zip(seen).All(p => IsSame(p.First, p.Second));

    public async Task All()
    {
        (_facts, _lines, _reminders, _checkIns) = (0, 0, 0, 0);
        foreach (var one in cases)
        {
            one.Extend(town.Now);
            _facts += one.Facts.Count;
            _reminders += one.Reminders.Count;
        }

        var messages = Town.Everybody.ToDictionary(
            who => who,
            who => Of(town.MessagesTo(who)),
            StringComparer.Ordinal
        );
        foreach (var one in cases.Where(c => c.IsOpen || town.Now - c.TouchedAt < OverFor))
        {
            await Check(one, messages);
        }

        foreach (var pair in pairs)
        {
            await Check(pair, town.MessagesTo(pair.Engineer));
        }

        EachOnce();
        Told();
        await DeadLetters();

        town.Desk.Log.Forget();
        town.Mattermost.ForgetRequests();
    }

    private async Task Check(Case one, Dictionary<string, ILookup<string, Post>> messages)
    {
        var stored = await town.Desk.Stored(one.Number);
        Same(one, "state", one.State.ToString(), stored.State.ToString());
        Same(one, "owner", one.Owner, stored.Owner is { } owner ? town.WhoIs(owner.Value) : null);
        Same(one, "severity", $"Sev{one.Severity}", stored.Severity.ToString());
        var facts = await FactsOf(one);
        if (facts.Count != one.Facts.Count || !Begins(facts, one.Facts))
        {
            throw Wrong(
                one,
                $"trail: expected {string.Join(" | ", one.Facts)}; found {string.Join(" | ", facts)}"
            );
        }

        var card = Card(one);
        var thread = town.Mattermost.RepliesTo(card.Id);
        Thread(one, card, thread);
        var room = Room(one);
        foreach (var kind in Enum.GetValues<Kind>())
        {
            foreach (
                var (who, of) in one
                    .Reminders.Where(r => r.Kind == kind)
                    .Select(r => (r.Who, r.Of))
                    .Concat(Recipients(kind).Select(w => (w, "")))
                    .Distinct()
            )
            {
                Reminders(one, kind, who, of, Seen(one, kind, who, of, messages, thread, room));
            }
        }

        Updates(one, thread, room);
    }

    /// <summary>Asked once a week at its time, reminded once after a day without an answer, and each answer is kept (ASG-7 to ASG-10).</summary>
    private async Task Check(Pair pair, IReadOnlyList<Post> messages)
    {
        var kept = await AnswersOf(pair);
        if (kept.Count != pair.Facts.Count || !Begins(kept, pair.Facts))
        {
            throw new WrongException(
                $"{pair.Id}: answers expected {string.Join(" | ", pair.Facts)}; found {string.Join(" | ", kept)}",
                pair.Id
            );
        }

        foreach (var week in pair.WeeksUntil(town.Now))
        {
            if (
                pair.WhatIsWrong(
                    week,
                    Sent(":speech_balloon:", week),
                    Sent(":hourglass:", week),
                    town.Now
                ) is
                { } wrong
            )
            {
                throw new WrongException($"{pair.Id}, week of {week.Monday:d}: {wrong}", pair.Id);
            }

            _checkIns++;
        }

        IReadOnlyList<DateTimeOffset> Sent(string start, Pair.Week week) =>
            [
                .. messages
                    .Where(p =>
                        p.Message.StartsWith($"{start} **{pair.Id}**", StringComparison.Ordinal)
                    )
                    .Select(p => DateTimeOffset.FromUnixTimeMilliseconds(p.CreateAt))
                    .Where(at => week.Begin <= at && at < week.End),
            ];
    }

    /// <summary>Whoever could be told something of a kind, whether they must be or not.</summary>
    private static IEnumerable<string> Recipients(Kind kind) =>
        kind switch
        {
            Kind.Rung or Kind.Prompt => Town.Everybody,
            Kind.LeadTold => [Rota.Lead],
            _ => [],
        };

    private Post Card(Case one)
    {
        var all = town
            .Mattermost.Posts(one.Channel)
            .Where(p =>
                p.RootId.Length == 0
                && p.UserId == town.Desk.Bot.Id
                && p.Message.Contains($"**{one.Id}**", StringComparison.Ordinal)
            )
            .ToList();
        if (all is not [var card])
        {
            throw Wrong(one, $"{all.Count} cards");
        }

        var state = card.Field("State") ?? "";
        if (
            !card.Message.Contains($"**{one.Id}** Sev {one.Severity}", StringComparison.Ordinal)
            || !state.StartsWith(one.State.ToString(), StringComparison.Ordinal)
            || !Town.AsRead(card.Field("Owner") ?? "")
                .Contains(one.Owner is { } owner ? $"@{owner}" : "nobody", StringComparison.Ordinal)
        )
        {
            throw Wrong(
                one,
                $"the card shows {card.Message} / {state} / {card.Field("Owner")}; it is Sev {one.Severity}, {one.State}, {one.Owner}"
            );
        }

        return card;
    }

    private IReadOnlyList<Post> Room(Case one)
    {
        if (!one.IsIncident)
        {
            return [];
        }

        var rooms = town
            .Mattermost.Channels.Where(c =>
                c.DisplayName.StartsWith($"{one.Id} ", StringComparison.Ordinal)
            )
            .ToList();
        if (rooms is not [var room])
        {
            throw Wrong(one, $"{rooms.Count} incident channels");
        }

        IReadOnlyList<Post> posts =
        [
            .. town.Mattermost.Posts(room.Id).Where(p => p.UserId == town.Desk.Bot.Id),
        ];
        foreach (var start in (string[])[":clipboard: **", ""])
        {
            var found = posts.Count(p =>
                p.Message.StartsWith(start, StringComparison.Ordinal)
                && p.Message.Contains($"**{one.Id}** Sev 1", StringComparison.Ordinal)
            );
            if (start.Length == 0 && one.Severity == 1 && found < 1)
            {
                throw Wrong(one, "no card in the incident channel");
            }
        }

        var lists = posts.Count(p => p.Message.StartsWith(":clipboard:", StringComparison.Ordinal));
        return lists == 1 ? posts : throw Wrong(one, $"{lists} checklists");
    }

    private void Thread(Case one, Post card, IReadOnlyList<Post> thread)
    {
        var deleted = town
            .Deleted.Where(p => p.RootId == card.Id)
            .Select(p => Town.AsRead(p.Message))
            .ToList();
        var lines = thread.Select(p => Town.AsRead(p.Message)).ToList();
        var ofPeople = lines.Where(l =>
            l.StartsWith('@') || l.StartsWith("#### ", StringComparison.Ordinal)
        );
        var expected = one
            .Facts.Where(f => f.Line is not null || (f.Name == "UpdatePosted" && !one.IsIncident))
            .Where(f => !deleted.Exists(l => IsLine(f, l)))
            .ToList();
        var left = ofPeople.ToList();
        _lines += lines.Count;
        for (var i = 0; i < Math.Max(expected.Count, left.Count); i++)
        {
            if (i >= expected.Count || i >= left.Count || !IsLine(expected[i], left[i]))
            {
                throw Wrong(
                    one,
                    $"thread, line {i + 1}: expected “{expected.ElementAtOrDefault(i)?.Line}{expected.ElementAtOrDefault(i)?.Mark}”, found “{left.ElementAtOrDefault(i)}”, in:\n{string.Join('\n', lines)}"
                );
            }
        }

        if (
            lines.Find(l =>
                !l.StartsWith('@')
                && !l.StartsWith("#### ", StringComparison.Ordinal)
                && !OfTheProduct.Any(s => l.StartsWith(s, StringComparison.Ordinal))
            ) is
            { } odd
        )
        {
            throw Wrong(one, $"nobody knows this line: {odd}");
        }
    }

    private static bool IsLine(Fact fact, string line) =>
        fact.Line is { } begin
            ? line.StartsWith(begin, StringComparison.Ordinal)
                && line.Contains(fact.Mark, StringComparison.Ordinal)
            : line.StartsWith("#### ", StringComparison.Ordinal)
                && line.Contains(fact.Mark, StringComparison.Ordinal);

    private void Updates(Case one, IReadOnlyList<Post> thread, IReadOnlyList<Post> room)
    {
        foreach (var update in one.Facts.Where(f => f.Name == "UpdatePosted"))
        {
            var places = thread
                .Concat(room)
                .Concat(town.Deleted)
                .Count(p =>
                    p.Message.StartsWith("#### ", StringComparison.Ordinal)
                    && p.Message.Contains(update.Mark, StringComparison.Ordinal)
                );
            if (places != 1)
            {
                throw Wrong(one, $"“{update.Mark}” was posted {places} times");
            }
        }
    }

    /// <summary>Only what was for a channel that people have archived may be given up.</summary>
    private async Task DeadLetters()
    {
        var parked = await town.Desk.Store.Engine.ReadParked(0, 1000, CancellationToken.None);
        var odd = parked
            .Select(p => $"{p.Problem}: {Encoding.UTF8.GetString(p.Effect.Body.Span)}")
            .Where(p => !town.Archived.Exists(c => p.Contains(c, StringComparison.Ordinal)))
            .ToList();
        if (odd.Count > 0)
        {
            throw new WrongException($"dead letters: {string.Join('\n', odd)}");
        }
    }

    /// <summary>Whatever it is, a delivery shows once.</summary>
    private void EachOnce()
    {
        var seen = new Dictionary<string, Post>(StringComparer.Ordinal);
        _posts = 0;
        foreach (var channel in town.Mattermost.Channels)
        {
            foreach (
                var post in town
                    .Mattermost.Posts(channel.Id)
                    .Where(p => p.UserId == town.Desk.Bot.Id)
            )
            {
                _posts++;
                if (
                    post.Props.TryGetProperty("escalate_effect", out var effect)
                    && effect.ValueKind == JsonValueKind.String
                    && !seen.TryAdd(effect.GetString()!, post)
                )
                {
                    throw new WrongException(
                        $"doubled in {channel.Name}: “{post.Message}” and “{seen[effect.GetString()!].Message}” of {effect}"
                    );
                }
            }
        }
    }

    /// <summary>Other systems are told of everything at least once, of the same under the same id.</summary>
    private void Told()
    {
        var byId = town.Receiver.All.GroupBy(s => s.Id, StringComparer.Ordinal).ToList();
        foreach (var same in byId.Where(g => g.Select(s => s.Body).Distinct().Skip(1).Any()))
        {
            throw new WrongException($"webhook {same.Key} says different things");
        }

        _hooks = byId.Count;
        var told = byId.Select(g => g.First())
            .Where(s => s.Json.GetProperty("data").TryGetProperty("escalation", out _))
            .ToLookup(s =>
                (
                    s.Json.GetProperty("data")
                        .GetProperty("escalation")
                        .GetProperty("id")
                        .GetString(),
                    s.Type
                )
            );
        foreach (var one in cases)
        {
            foreach (
                var facts in one
                    .Facts.Where(f => Hooks.ContainsKey(f.Name))
                    .GroupBy(f => Hooks[f.Name], StringComparer.Ordinal)
            )
            {
                if (told[(one.Id, facts.Key)].Count() is var count && count != facts.Count())
                {
                    throw Wrong(
                        one,
                        $"webhook {facts.Key}: {facts.Count()} expected, {count} told"
                    );
                }
            }
        }
    }

    private static bool IsSame(Fact expected, Fact seen) =>
        expected.Name == seen.Name
        && expected.By == seen.By
        && seen.Line!.Contains(expected.Mark, StringComparison.Ordinal);

    private static ILookup<string, Post> Of(IReadOnlyList<Post> messages) =>
        messages
            .SelectMany(m => Numbers(m.Message).Select(id => (id, m)))
            .ToLookup(p => p.id, p => p.m, StringComparer.Ordinal);

    private static IEnumerable<string> Numbers(string message) =>
        message
            .Split("**")
            .Where(p => p.StartsWith("ESC-", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);

    private static void Same(Case one, string what, string? expected, string? found)
    {
        if (expected != found)
        {
            throw Wrong(one, $"{what}: expected {expected}, found {found}");
        }
    }

    private static WrongException Wrong(Case one, string what) =>
        new($"{one.Id} ({one.Summary}): {what}", one.Id);
}
