using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.GuidedSetup;

/// <summary>A step of the set-up as it stands.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="IsDone">Nothing is missing.</param>
/// <param name="Says">What is set; and what it costs when something is missing.</param>
internal sealed record GuidedStep(string Title, bool IsDone, Markdown Says)
{
    /// <summary>What does it; null when it comes by itself.</summary>
    public GuidedPress? Press { get; init; }

    /// <summary>What its form for channels is opened for: what is missing first. Null when nothing of it is.</summary>
    public GuidedChannel? Use { get; init; }

    /// <summary>What is still missing although it is done; nothing when nothing is.</summary>
    public Markdown Lacks { get; init; } = Markdown.None;
}

/// <summary>The steps of the set-up, with what is missing and what that costs (SET-1).</summary>
internal static class GuidedSteps
{
    private const int Named = 3;

    /// <summary>Without these something in the product reaches nobody, or nobody may do it.</summary>
    public static ImmutableArray<Role> NeededRoles { get; } =
    [
        Role.DeploymentEngineeringLead,
        Role.CustomerSuccessLead,
        Role.DeploymentEngineer,
        Role.SupportEngineer,
        Role.CustomerEngineer,
    ];

    public static ImmutableArray<GuidedStep> Of(GuidedFacts facts) =>
        [
            Roles(facts) with
            {
                Press = GuidedPress.Roles,
            },
            Teams(facts) with
            {
                Press = GuidedPress.Channel,
                Use = GuidedChannel.All.FirstOrDefault(use =>
                    use.Team is { } team && facts.Teams.HasNobodyOf(team)
                ),
            },
            Updates(facts) with
            {
                Press = GuidedPress.Channel,
                Use = GuidedChannel.Sev1,
            },
            Duty(facts) with
            {
                Press = GuidedPress.Duty,
            },
            Internal(facts) with
            {
                Press = GuidedPress.Channel,
                Use = facts.Internal.Count == 0 ? GuidedChannel.Internal : GuidedChannel.Help,
            },
            Customers(facts) with
            {
                Press = GuidedPress.Customer,
            },
            Meeting(facts) with
            {
                Press = GuidedPress.Meeting,
            },
            Engineer(facts) with
            {
                Press = GuidedPress.Engineer,
            },
            CheckIn(facts),
            Escalation(facts) with
            {
                Press = GuidedPress.Escalation,
            },
        ];

    /// <summary>The hours of the team are no step: they are in a file, and have a value from the start.</summary>
    public static Markdown Hours(GuidedFacts facts)
    {
        var (hours, days) = (facts.Calendar.Hours, facts.Calendar.Days);
        var week = string.Join(
            ", ",
            days.OrderBy(d => ((int)d + 6) % 7).Select(d => d.ToString()[..3])
        );
        return Markdown.Of(
            $":clock9: **Working hours**: {week}, {hours.From.ToString()}–{hours.To.ToString()}, {Markdown.Typed(facts.Calendar.Zone.Id)}, {Count(facts.Holidays, "holiday")}. They are kept in the section {Markdown.Code("team")} of {Markdown.Code("settings.json")}, which is read at the start."
        );
    }

    private static GuidedStep Roles(GuidedFacts facts)
    {
        Role[] without = [.. NeededRoles.Where(r => facts.Holders[r].Count == 0)];
        var held = NeededRoles.Except(without).ToList();
        var who = held.Select(r => Markdown.Of($"{r.Label()}: {facts.Holders[r].Joined(Named)}"));
        return new GuidedStep(
            "Roles",
            without.Length == 0,
            Sentences([
                held.Count == 0
                    ? Markdown.None
                    : Markdown.Of($"{Markdown.Listed([.. who], "and")}."),
                without.Length == 0
                    ? Markdown.None
                    : Markdown.Of($"Nobody is {without.Joined("or")}."),
                .. without.Select(WithoutRole),
            ])
        );
    }

    private static Markdown WithoutRole(Role role) =>
        role switch
        {
            Role.DeploymentEngineeringLead => Markdown.Of(
                $"Without a DE lead, no lead hears of what nobody answers."
            ),
            Role.CustomerSuccessLead => Markdown.Of(
                $"Without a CS lead, nobody can start an assignment of an engineer."
            ),
            Role.SupportEngineer => Markdown.Of(
                $"Only support engineers can be assigned to a customer."
            ),
            _ => Markdown.None,
        };

    private static GuidedStep Teams(GuidedFacts facts)
    {
        var withChannel = OwningTeams
            .All.Where(t => facts.Routing.ChannelOf(t.Team) is not null)
            .Select(t =>
                Markdown.Of(
                    $"{Markdown.Typed(t.Label)} in {facts.Routing.ChannelOf(t.Team)!.Value}"
                )
            )
            .ToList();
        var nobody = OwningTeams
            .All.Where(t => facts.Teams.HasNobodyOf(t.Team))
            .Select(t => Markdown.Typed(t.Label))
            .ToList();
        return new GuidedStep(
            "Teams’ channels",
            nobody.Count == 0,
            Sentences([
                withChannel.Count == 0
                    ? Markdown.Of(
                        $"No team has a channel: its people are named in the thread instead."
                    )
                    : Markdown.Of($"{Markdown.Listed(withChannel, "and")}."),
                nobody.Count == 0
                    ? Markdown.None
                    : Markdown.Of(
                        $"What belongs to {Markdown.Listed(nobody, "or")} reaches nobody: there is neither a channel nor anybody with their role."
                    ),
            ])
        );
    }

    private static GuidedStep Updates(GuidedFacts facts)
    {
        var channels = facts.Routing.BroadcastOf(Severity.Sev1);
        return new GuidedStep(
            "Updates of Sev 1",
            channels.Length > 0,
            channels.Length > 0
                ? Markdown.Of(
                    $"Posted to {Markdown.Listed([.. channels.Select(c => Markdown.Of($"{c}"))], "and")}."
                )
                : Markdown.Of(
                    $"Not posted anywhere else: only whoever is in an incident’s channel, or follows it, hears how it goes."
                )
        );
    }

    private static GuidedStep Duty(GuidedFacts facts) =>
        facts.Routing.OnDuty is not { } engineer
            ? new GuidedStep(
                "On duty",
                IsDone: false,
                Markdown.Of($"Nobody: Sev 1 reminders go to the DE lead at once.")
            )
            : new GuidedStep(
                "On duty",
                IsDone: true,
                facts.Routing.BackUp is { } other
                    ? Markdown.Of($"{engineer}, backed up by {other}.")
                    : Markdown.Of($"{engineer}, with nobody to back them up.")
            );

    private static GuidedStep Internal(GuidedFacts facts) =>
        new(
            "Internal channels",
            facts.Internal.Count > 0 && facts.Help is not null,
            Sentences([
                facts.Internal.Count > 0
                    ? Markdown.Of(
                        $"Internal: {Markdown.Listed([.. facts.Internal.Take(Named).Select(c => Markdown.Of($"{c.Channel}"))], "and")}{(facts.Internal.Count > Named ? " and more" : "")}."
                    )
                    : Markdown.Of(
                        $"None is marked, so nothing about prospects’ engineers is posted in any channel."
                    ),
                facts.Help is { } help
                    ? Markdown.Of($"People with too much to do ask for help in {Place(help)}.")
                    : Markdown.Of(
                        $"No channel is chosen for people with too much to do: the CS lead is told by direct message instead."
                    ),
            ])
        );

    private static GuidedStep Customers(GuidedFacts facts) =>
        new(
            "Customers",
            facts.Customers.Count > 0,
            facts.Customers.Count switch
            {
                0 => Markdown.Of(
                    $"None: a Sev 3 or 4 waits until somebody has added its customer. To add many, send me a CSV file here."
                ),
                1 => Markdown.Of($"{facts.Customers[0].Name}."),
                >= GuidedQueries.Counted => Markdown.Of($"{GuidedQueries.Counted} or more."),
                var count => Markdown.Of($"{count}."),
            }
        );

    private static GuidedStep Meeting(GuidedFacts facts) =>
        facts.Meeting is { } plan
            ? new GuidedStep(
                "Weekly meeting",
                IsDone: true,
                Markdown.Of(
                    $"{Markdown.Typed(plan.Weekly)}, its agenda {Times.Whole(plan.Ahead)} before it in {Place(plan.Channel)}."
                )
            )
            : new GuidedStep(
                "Weekly meeting",
                IsDone: false,
                Markdown.Of(
                    $"Not planned: what is open, late or due is gathered for nobody, unless somebody types {Markdown.Code($"/{SlashCommand.Trigger} agenda")}."
                )
            );

    private static GuidedStep Engineer(GuidedFacts facts)
    {
        var engaged = facts.Assignments.Where(a => a.Engineer is not null).ToList();
        return new GuidedStep(
            "Assigned engineer",
            engaged.Count > 0,
            engaged.Count > 0
                ? Markdown.Of(
                    $"{Markdown.Listed([.. engaged.Take(Named).Select(a => Markdown.Of($"{a.CustomerName}: {a.Engineer!.Value}"))], "and")}{(engaged.Count > Named ? " and more" : "")}."
                )
                : Markdown.Of(
                    $"No customer has one, so there are no weekly check-ins. It takes a customer, a support engineer, and the role CS lead, which you can give yourself."
                )
        )
        {
            Lacks = Sentences([
                .. engaged
                    .Where(a => !RequestNotices.MissingBackUp(a).IsEmpty)
                    .Take(Named)
                    .Select(a =>
                        Markdown.Of(
                            $"{a.CustomerName} ({a.Engineer!.Value}). {RequestNotices.MissingBackUp(a)}"
                        )
                    ),
            ]),
        };
    }

    private static GuidedStep CheckIn(GuidedFacts facts) =>
        Planned(facts) is { CheckIns: { } plan } assignment
            ? new GuidedStep(
                "First check-in",
                IsDone: true,
                Markdown.Of(
                    $"{assignment.CustomerName}: {LocalDay(facts, plan)}. Both are asked by direct message."
                )
            )
            : new GuidedStep(
                "First check-in",
                IsDone: false,
                Markdown.Of($"It is planned by itself as soon as an engineer is assigned.")
            );

    /// <summary>The assignment whose check-ins can be planned; null when there is none yet.</summary>
    public static Assignment? Planned(GuidedFacts facts) =>
        facts.Assignments.FirstOrDefault(a => a is { HasCheckIns: true, CheckIns: not null });

    private static GuidedStep Escalation(GuidedFacts facts) =>
        new(
            "First escalation",
            facts.HasEscalations,
            facts.HasEscalations
                ? Markdown.Of($"Raised.")
                : Markdown.Of(
                    $"None yet. A test Sev 1 shows whom one reaches here: it gets a channel and a checklist, and people are called."
                )
        );

    private static Markdown LocalDay(GuidedFacts facts, CheckInPlan plan) =>
        CheckInWords.Weekly(plan, plan.At(plan.NextWeek(facts.Now)), facts.Calendar.Zone.Id);

    private static Markdown Place(NamedChannel channel) =>
        channel.Name.Length > 0 ? Markdown.Of($"{channel}") : Markdown.Of($"a private channel");

    private static string Count(int count, string what) =>
        count switch
        {
            0 => $"no {what}s",
            1 => $"1 {what}",
            _ => $"{count} {what}s",
        };

    public static Markdown Sentences(IReadOnlyList<Markdown> said) =>
        said.Where(s => !s.IsEmpty)
            .Aggregate(
                Markdown.None,
                (all, one) => all.IsEmpty ? one : Markdown.Of($"{all} {one}")
            );
}
