using Campaigns.Model;
using Mattermost.Simulator;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Harness;
using Sidecar.Time;

namespace Campaigns;

/// <summary>What people do, drawn from the seed: what the rules let them do, and they do it by every door there is.</summary>
internal sealed partial class Script(Town town, Seeded dice, List<Case> cases, List<Pair> pairs)
{
    private const int Customers = 60;

    private static readonly string[] Writers = ["eva", "finn", "gita", "engineer"];
    private int _serial;

    private MattermostSimulator Mattermost => town.Mattermost;

    /// <summary>Customers of the three teams, known as if somebody had added them long ago.</summary>
    public async Task Begin()
    {
        for (var i = 0; i < Customers; i++)
        {
            await town.Desk.Knows($"c{i}", $"Customer {i}", 60_000 + (i * 1000));
        }

        foreach (
            var (customer, engineer, ce, plan) in (IEnumerable<(
                string,
                string,
                string,
                CheckInPlan
            )>)
                [
                    (
                        "c0",
                        "engineer",
                        "tam",
                        new(DayOfWeek.Tuesday, new(15 * 60), "Europe/Berlin")
                    ),
                    (
                        "c1",
                        "finn",
                        "carl",
                        new(DayOfWeek.Wednesday, new(15 * 60 + 30), "Europe/Berlin")
                    ),
                    ("c2", "eva", "tam", new(DayOfWeek.Thursday, new(10 * 60), "Europe/London")),
                ]
        )
        {
            var number = pairs.Count + 1;
            await town.Desk.Assigns(
                customer,
                number: number,
                engineer: engineer,
                ce: ce,
                plan: plan
            );
            pairs.Add(
                new Pair(
                    town.Rota,
                    number,
                    customer,
                    engineer,
                    ce,
                    plan.Day,
                    TimeSpan.FromMinutes(plan.Time.Minutes),
                    plan.Zone,
                    town.Now
                )
            );
        }
    }

    /// <summary>One thing that can be done now; null when the dice find none.</summary>
    public Deed? Next()
    {
        if (pairs.Find(p => p.IsToBeAnswered(town.Now)) is { } pair && dice.Below(3) == 0)
        {
            return Answers(pair);
        }

        var open = cases.Where(c => c.State is not (State.Closed or State.Cancelled)).ToList();
        if (open.Count < 8 || (open.Count < 20 && dice.Below(5) == 0))
        {
            return Raises();
        }

        var one = One(open);
        return one.State switch
        {
            State.Accepted => dice.Below(12) switch
            {
                < 7 => Acknowledges(one, One(Town.Engineers)),
                7 => Assigns(one),
                8 or 9 => ChangesSeverity(one),
                10 => Cancels(one),
                _ => null,
            },
            State.Resolved => dice.Below(5) switch
            {
                0 => Reopens(one),
                1 or 2 when !one.IsConfirmed => Confirms(one),
                _ => one.Severity > 1 || one.IsConfirmed ? Closes(one) : Confirms(one),
            },
            _ => dice.Below(12) switch
            {
                < 3 when one.IsIncident && SetsTask(one) is { } task => task,
                < 5 => PostsUpdate(one),
                5 or 6 => MovesOn(one),
                7 => Assigns(one),
                _ => Resolves(one),
            },
        };
    }

    /// <summary>What can be done while there is no Mattermost: programs go on.</summary>
    public Deed? NextByProgram()
    {
        var open = cases.Where(c => c.IsOpen || c.State == State.Resolved).ToList();
        if (open.Count == 0)
        {
            return null;
        }

        var one = One(open);
        return one.State switch
        {
            State.Accepted => Acknowledges(one, One(Town.Engineers), door: 3),
            State.Resolved => ByProgram(Reopens(one, mark: Mark("Again")), one, "reopen"),
            _ => ByProgram(Resolves(one, mark: Mark("Fixed")), one, "resolve"),
        };
    }

    /// <summary>Two people at the same moment: only one of them can be the first (ESC-9).</summary>
    public IReadOnlyList<Deed> Race()
    {
        var waiting = cases.Where(c => c.State == State.Accepted).ToList();
        return waiting.Count == 0 ? []
            : One(waiting) is var one
                ? [Acknowledges(one, "eva", door: 0), Acknowledges(one, "finn", door: 0)]
            : [];
    }

    /// <summary>Somebody reacts to the card while nobody listens.</summary>
    public Deed? Reaction()
    {
        var waiting = cases.Where(c => c.State == State.Accepted).ToList();
        return waiting.Count == 0 ? null : Acknowledges(One(waiting), One(Town.Engineers), door: 2);
    }

    public Post? CardOf(Case one) =>
        Mattermost
            .Posts(one.Channel)
            .SingleOrDefault(p =>
                p.RootId.Length == 0
                && p.UserId == town.Desk.Bot.Id
                && p.Message.Contains($"**{one.Id}**", StringComparison.Ordinal)
            );

    private Deed? Raises()
    {
        var busy = cases
            .Where(c => c.State is not (State.Closed or State.Cancelled))
            .Select(c => c.Customer)
            .ToHashSet(StringComparer.Ordinal);
        var free = Enumerable
            .Range(0, Customers)
            .Select(i => $"c{i}")
            .Where(k => !busy.Contains(k));
        var raise = new Raise(
            Mark("Trouble"),
            One(free.ToList()),
            One(Town.Channels),
            dice.Below(20) switch
            {
                < 3 => 1,
                < 8 => 2,
                < 15 => 3,
                _ => 4,
            }
        );
        var who = One(Town.Reporters);
        Func<Task<Answer>> act = dice.Below(4) switch
        {
            0 => () => ByForm(who, raise, ""),
            1 => () => FromMessage(who, raise),
            _ => () =>
                Types(
                    who,
                    $"new {raise.Customer} sev{raise.Severity} {raise.Summary}",
                    raise.Channel
                ),
        };
        return new Deed(
            who,
            null,
            $"raises Sev {raise.Severity} for {raise.Customer}: {raise.Summary}",
            act,
            [],
            _ => { }
        )
        {
            Raises = raise,
        };
    }

    private Deed Acknowledges(Case one, string who, int? door = null)
    {
        var owner = one.Owner ?? who;
        var by = door ?? dice.Below(4);
        Func<Task<Answer>> act = by switch
        {
            0 => () => Types(who, $"ack {one.Id}", one.Channel),
            1 => () => Presses(who, one, "Acknowledge"),
            2 => () => Reacts(who, one, "eyes"),
            _ => () => Asks(who, one, new { move = "acknowledge" }),
        };
        return new Deed(
            who,
            one,
            $"acknowledges {one.Id} by {((string[])["command", "button", "reaction", "program"])[by]}",
            act,
            [
                new Fact(
                    "Acknowledged",
                    who,
                    owner == who
                        ? $"@{who} acknowledged it and is the owner."
                        : $"@{who} acknowledged it for its owner @{owner}."
                ),
            ],
            at => one.Moves(State.Acknowledged, who, at)
        )
        {
            IsSilent = by == 2,
        };
    }

    private Deed? Assigns(Case one)
    {
        var to = One(Writers);
        if (one.Owner == to)
        {
            return null;
        }

        return new Deed(
            "lead",
            one,
            $"gives {one.Id} to {to}",
            () => Types("lead", $"assign {one.Id} @{town.NameOf(to)}", one.Channel),
            [
                new Fact(
                    "EscalationAssigned",
                    "lead",
                    one.Owner is { } from
                        ? $"@lead handed it over from @{from} to @{to}."
                        : $"@lead assigned it to @{to}."
                ),
            ],
            at => one.Belongs(to, at)
        );
    }

    private Deed? ChangesSeverity(Case one)
    {
        var to = 1 + dice.Below(4);
        var who = One(Town.Reporters);
        return to == one.Severity
            ? null
            : new Deed(
                who,
                one,
                $"makes {one.Id} a Sev {to}",
                () => Types(who, $"edit {one.Id} severity sev{to}", one.Channel),
                [new Fact("Edited", who, $"@{who} changed", $"to “Sev {to}”")],
                at => one.Becomes(to, at)
            );
    }

    private Deed MovesOn(Case one)
    {
        var to = One(
            ((State[])[State.Investigating, State.Identified, State.Monitoring])
                .Where(s => s != one.State)
                .ToList()
        );
        var (who, note, from) = (One(Writers), Mark("Note"), one.State);
        return new Deed(
            who,
            one,
            $"moves {one.Id} to {to}",
            () =>
                Types(
                    who,
                    $"state {one.Id} {to.ToString().ToLowerInvariant()} {note}",
                    one.Channel
                ),
            [new Fact("Moved", who, $"@{who} moved it from *{from}* to *{to}*: {note}", note)],
            at => one.Moves(to, who, at)
        );
    }

    private Deed PostsUpdate(Case one)
    {
        var (who, words) = (One(Writers), Mark("Update"));
        List<Fact> facts = [];
        if (one.State == State.Acknowledged)
        {
            facts.Add(
                new Fact("Moved", who, $"@{who} moved it from *Acknowledged* to *Investigating*.")
            );
        }

        facts.Add(
            new Fact(
                "UpdatePosted",
                who,
                one.IsIncident ? $"@{who} posted status update" : null,
                words
            )
        );
        return new Deed(
            who,
            one,
            $"writes about {one.Id}: {words}",
            async () =>
            {
                var answer = await Types(who, $"update {one.Id} {words}", one.Channel);
                return answer.IsHeard ? await Submits(who, "Update", []) : answer;
            },
            facts,
            at =>
            {
                if (one.State == State.Acknowledged)
                {
                    one.Moves(State.Investigating, who, at);
                }

                one.Updated(at);
            }
        );
    }

    /// <summary>By hand, within today's working hours; null when those leave no time.</summary>
    private Deed? SetsTask(Case one)
    {
        var local = Calendar.Local(Calendar.TeamZone, town.Now);
        if (
            Calendar.Free(Calendar.TeamZone, town.Now) != town.Now
            || local.TimeOfDay > TimeSpan.FromHours(13)
            || one.Tasks >= 5
        )
        {
            return null;
        }

        var (who, number, hours) = (One(Writers), $"2.{one.Tasks + 1}", 2 + dice.Below(2));
        return new Deed(
            who,
            one,
            $"sets task {number} of {one.Id} due in {hours} h",
            () => Types(who, $"task {one.Id} {number} due in {hours}h", one.Channel),
            [new Fact("TaskDueSet", who, null, number)],
            at => one.SetsTask(number, at.AddHours(hours), at)
        );
    }

    private Deed Answers(Pair pair)
    {
        var (who, words) = (pair.Engineer, Mark("Well"));
        return new Deed(
            who,
            pair,
            $"answers the check-in of {pair.Id}: {words}",
            async () =>
            {
                var answer = await Types(who, $"checkin {pair.Customer}", Desk.Square);
                return answer.IsHeard ? await Submits(who, "", [("going_well", words)]) : answer;
            },
            [new Fact("CheckInAnswered", who, null, words)],
            pair.Answered
        );
    }

    private Deed Resolves(Case one, string? mark = null)
    {
        var (who, what) = (One(Writers), mark ?? Mark("Fixed"));
        return new Deed(
            who,
            one,
            $"resolves {one.Id}: {what}",
            () => Types(who, $"resolve {one.Id} {what}", one.Channel),
            [new Fact("Resolved", who, $"@{who} resolved it", what)],
            at => one.Moves(State.Resolved, who, at)
        );
    }

    private Deed Reopens(Case one, string? mark = null)
    {
        var (who, why) = (One(mark is null ? Town.Reporters : Writers), mark ?? Mark("Again"));
        return new Deed(
            who,
            one,
            $"reopens {one.Id}: {why}",
            () => Types(who, $"reopen {one.Id} {why}", one.Channel),
            [new Fact("Reopened", who, $"@{who} reopened it: {why}", why)],
            at => one.Moves(State.Acknowledged, who, at)
        );
    }

    private Deed Confirms(Case one)
    {
        var (who, whom) = (One(Town.Reporters), Mark("Customer"));
        return new Deed(
            who,
            one,
            $"records that {one.Id} is confirmed by {whom}",
            () => Types(who, $"confirm {one.Id} {whom}", one.Channel),
            [
                new Fact(
                    "EscalationConfirmed",
                    who,
                    $"@{who} recorded that the customer confirmed it: {whom}",
                    whom
                ),
            ],
            _ => one.IsConfirmed = true
        );
    }

    private Deed Closes(Case one)
    {
        var (who, note) = (One(Town.Reporters), Mark("Thanks"));
        return new Deed(
            who,
            one,
            $"closes {one.Id}: {note}",
            () => Types(who, $"close {one.Id} {note}", one.Channel),
            [new Fact("EscalationClosed", who, $"@{who} closed it: {note}", note)],
            at => one.Moves(State.Closed, who, at)
        );
    }

    private Deed Cancels(Case one)
    {
        var why = Mark("Mistaken");
        return new Deed(
            "lead",
            one,
            $"cancels {one.Id}: {why}",
            () => Types("lead", $"cancel {one.Id} {why}", one.Channel),
            [new Fact("EscalationCancelled", "lead", $"@lead cancelled it: {why}", why)],
            at => one.Moves(State.Cancelled, "lead", at)
        );
    }

    private Deed ByProgram(Deed deed, Case one, string move) =>
        deed with
        {
            What = deed.What + " by program",
            Do = () => Asks(deed.Who, one, new { move, words = deed.Facts[^1].Mark }),
        };

    private string Mark(string what) => $"{what} {++_serial}x";

    private T One<T>(IReadOnlyList<T> of) => of[dice.Below(of.Count)];
}
