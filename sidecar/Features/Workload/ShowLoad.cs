using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Availability;
using Sidecar.Features.Customers.Finding;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Workload;

/// <summary><c>/escalate load</c>: how much each engineer has to do (MET-5).</summary>
internal sealed class ShowLoad(
    RoleStore roles,
    PeopleTimes times,
    Overloads overloads,
    Loads loads,
    AssignmentSettings settings
) : ISlashCommand
{
    // As many rows as one message holds.
    private const int Shown = 50;

    public static Permission Permission => WorkloadRights.SeeLoad;

    public static CommandSpec Spec { get; } =
        new("load", "Show how much each engineer has to do")
        {
            Examples = ["load"],
            Details =
                "Support, deployment and implementation engineers, the most loaded first. The load is a sum of points; what each piece of work counts is in the settings.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var people = (await roles.Holders(Role.SupportEngineer, cancel))
            .Union(await roles.Holders(Role.DeploymentEngineer, cancel))
            .Union(await roles.Holders(Role.ImplementationEngineer, cancel))
            .ToList();
        if (people.Count == 0)
        {
            return Reply.Say(
                Markdown.Of(
                    $"Nobody is a support, deployment or implementation engineer yet: {ReviewWords.Command("role grant @name se")} makes somebody one."
                )
            );
        }

        var rows = new List<(PersonLoad Load, PersonTime Time, Overload? Overload)>();
        foreach (var time in await times.Of(people, cancel))
        {
            rows.Add(
                (
                    await loads.Of(time.Person, cancel),
                    time,
                    await overloads.Find(time.Person, cancel)
                )
            );
        }

        return Reply.Say(Table(rows));
    }

    private Markdown Table(List<(PersonLoad Load, PersonTime Time, Overload? Overload)> rows) =>
        Markdown.Lines([
            Markdown.Of($"#### Load of engineers"),
            Markdown.Of($"| Who | Load | What | Hours |"),
            Markdown.Of($"|:--|--:|:--|:--|"),
            .. rows.OrderByDescending(r => r.Load.Points(settings.Load))
                .ThenBy(r => r.Load.Person.Value, StringComparer.Ordinal)
                .Take(Shown)
                .Select(r => Row(r.Load, r.Time, r.Overload)),
            rows.Count > Shown
                ? Markdown.Of($"And {rows.Count - Shown} others who have less to do.")
                : Markdown.None,
        ]);

    private Markdown Row(PersonLoad load, PersonTime time, Overload? overload)
    {
        var state = State(time, overload);
        return Markdown.Of(
            $"| {load.Person}{(state.IsEmpty ? state : Markdown.Of($" {state}"))} | {load.Points(settings.Load)} | {What(load)} | {time.Hours.From.ToString()}–{time.Hours.To.ToString()} {time.Zone.Id} |"
        );
    }

    /// <summary>What somebody has. What they have none of is left out: a column for each kind is no table on a phone (U17).</summary>
    private static string What(PersonLoad load)
    {
        IEnumerable<string> parts =
        [
            Counted(load.Assigned.Length, "assignment"),
            load.BackedUp.Length == 0 ? "" : $"back-up of {load.BackedUp.Length}",
            .. load.Open.Select((open, at) => open == 0 ? "" : $"{open} Sev {at + 1}"),
            load.CheckInsThisWeek == 0
                ? ""
                : $"{Counted(load.CheckInsThisWeek, "check-in")} this week",
            .. load.Others.Select(o => o.What),
        ];
        var said = string.Join(", ", parts.Where(p => p.Length > 0));
        return said.Length == 0 ? "nothing" : said;
    }

    private static string Counted(int number, string one) =>
        number switch
        {
            0 => "",
            1 => $"1 {one}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{number} {one}s"),
        };

    private static Markdown State(PersonTime time, Overload? overload)
    {
        List<Markdown> parts = [];
        if (overload is not null)
        {
            parts.Add(Markdown.Of($":rotating_light: overloaded"));
        }

        if (time.Absence is { } absence)
        {
            parts.Add(
                Markdown.Of(
                    $"{Markdown.Typed(absence.IsLong ? "out of office" : "do not disturb")}{(absence.Until is { } until ? Markdown.Of($" until {Times.At(until, time.Zone)}") : Markdown.None)}"
                )
            );
        }

        return parts.Count == 0 ? Markdown.None : Markdown.Listed(parts, "and");
    }
}

/// <summary><c>/escalate engineer candidates</c>: who could be assigned to a customer (ASG-12).</summary>
internal sealed class ShowCandidates(
    CustomerStore customers,
    AssignmentFinder desk,
    SuggestedEngineers candidates
) : ISlashCommand
{
    public static Permission Permission => WorkloadRights.SeeLoad;

    public static CommandSpec Spec { get; } =
        new(
            "engineer candidates",
            "Suggest who could be assigned to a customer",
            CustomerArguments.Whole
        )
        {
            Examples = ["engineer candidates acme"],
            Details =
                "The fewest points first: load, and hours of a working day that they do not share with the CE and with the customer. Nobody who is overloaded or out of office.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var typed = call.Get(CustomerArguments.Whole)!;
        if (await customers.Known(typed.Value, cancel) is not { } customer)
        {
            return await CustomerArguments.Unknown(customers, call, typed, cancel);
        }

        var assignment = await desk.Of(customer.Key, cancel);
        var found = await candidates.For(
            customer,
            assignment?.CustomerEngineer ?? customer.CustomerEngineer,
            assignment?.Engineer is { } engineer ? [engineer] : [],
            cancel
        );
        return Reply.Say(
            found.IsEmpty
                ? Markdown.Of(
                    $"There is nobody to suggest for {customer.Name}: every support engineer is overloaded, out of office, or has it already. {ReviewWords.Command("load")} shows who has what."
                )
                : Markdown.Lines([
                    Markdown.Of($"#### Who could be assigned to {customer.Name}"),
                    .. Lines(found),
                    customer.TimeZone is null
                        ? Markdown.Of(
                            $"{customer.Name} has no time zone set; {ReviewWords.Command($"customer edit {customer.Key.Value}")} sets it."
                        )
                        : Markdown.None,
                ])
        );
    }

    public static IEnumerable<Markdown> Lines(ImmutableArray<CandidateEngineer> found) =>
        found.Select((c, i) => Markdown.Of($"{i + 1}. {c.Person}: {c.Why}"));
}
