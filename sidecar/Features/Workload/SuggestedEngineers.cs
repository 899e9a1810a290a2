using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Availability;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Workload;

/// <summary>Somebody who could be assigned to a customer (ASG-12), and why they stand where they stand.</summary>
/// <param name="Load">What they have to do.</param>
/// <param name="Points">Their load.</param>
/// <param name="WithEngineer">Hours of a working day that they share with the CE; null when there is none.</param>
/// <param name="WithCustomer">The same with the customer; null when nobody knows the customer’s zone.</param>
/// <param name="Missing">Points for hours that they do not share.</param>
internal sealed record CandidateEngineer(
    PersonLoad Load,
    int Points,
    double? WithEngineer,
    double? WithCustomer,
    double Missing
)
{
    public UserId Person => Load.Person;

    public double Total => Points + Missing;

    public Markdown Why =>
        Markdown.Of(
            $"{Number(Total)} points: load {Points} ({Load.Counts}){Shared("the CE", WithEngineer)}{Shared("the customer", WithCustomer)}"
        );

    private static Markdown Shared(string whom, double? hours) =>
        hours is { } shared
            ? Markdown.Of($"; {Number(shared)} h a day with {whom}")
            : Markdown.None;

    private static string Number(double value) =>
        Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>Whom a candidate would work with.</summary>
/// <param name="Engineer">The CE’s week.</param>
/// <param name="Customer">The customer’s.</param>
internal sealed record WorkingWith(WorkingWeek? Engineer, WorkingWeek? Customer);

/// <summary>Suggests who could be assigned: least load and most shared hours first, nobody who is overloaded or away.</summary>
internal sealed class SuggestedEngineers(
    RoleStore roles,
    PeopleTimes times,
    Overloads overloads,
    Loads loads,
    AssignmentSettings settings,
    WorkingTime team,
    TimeProvider clock
) : IEngineerSuggestions
{
    /// <summary>As many as anybody chooses from.</summary>
    public const int Most = 10;

    /// <param name="customer">For which customer.</param>
    /// <param name="customerEngineer">Their CE; null when nobody knows.</param>
    /// <param name="except">Who has it already.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ImmutableArray<CandidateEngineer>> For(
        Customer? customer,
        UserId? customerEngineer,
        IReadOnlyCollection<UserId> except,
        CancellationToken cancel
    )
    {
        var free = new List<UserId>();
        foreach (var person in await roles.Holders(Role.SupportEngineer, cancel))
        {
            if (!except.Contains(person) && await overloads.Find(person, cancel) is null)
            {
                free.Add(person);
            }
        }

        var with = new WorkingWith(
            customerEngineer is { } ce ? WeekOf(await times.Of(ce, cancel)) : null,
            customer?.TimeZone is null
                ? null
                : new WorkingWeek(team.Hours, team.Days, customer.Zone)
        );
        var candidates = new List<CandidateEngineer>();
        foreach (var time in await times.Of(free, cancel))
        {
            if (time.Absence is not { IsLong: true })
            {
                candidates.Add(Rate(await loads.Of(time.Person, cancel), time, with));
            }
        }

        return
        [
            .. candidates
                .OrderBy(c => c.Total)
                .ThenBy(c => c.Points)
                .ThenBy(c => c.Person.Value, StringComparer.Ordinal)
                .Take(Most),
        ];
    }

    async Task<ImmutableArray<EngineerSuggestion>> IEngineerSuggestions.Suggest(
        Customer? customer,
        UserId? customerEngineer,
        IReadOnlyCollection<UserId> except,
        CancellationToken cancel
    ) =>
        [
            .. (await For(customer, customerEngineer, except, cancel)).Select(
                c => new EngineerSuggestion(c.Person, c.Why)
            ),
        ];

    private CandidateEngineer Rate(PersonLoad load, PersonTime time, WorkingWith with) =>
        Rate(load, WeekOf(time), with, settings.Load, Monday());

    public static CandidateEngineer Rate(
        PersonLoad load,
        WorkingWeek week,
        WorkingWith with,
        LoadWeights weights,
        DateOnly monday
    )
    {
        double? engineer = with.Engineer is { } ce ? week.SharedWith(ce, monday) : null;
        double? customer = with.Customer is { } theirs ? week.SharedWith(theirs, monday) : null;
        var missing =
            (engineer is { } one ? Missing(week, with.Engineer!, one) : 0)
            + (customer is { } other ? Missing(week, with.Customer!, other) : 0);
        return new CandidateEngineer(
            load,
            load.Points(weights),
            engineer,
            customer,
            missing * weights.MissingHour
        );
    }

    // Who works half days misses nothing when these are shared whole.
    private static double Missing(WorkingWeek week, WorkingWeek other, double shared) =>
        Math.Max(0, Math.Min(week.DayLength, other.DayLength) - shared);

    private static WorkingWeek WeekOf(PersonTime time) =>
        new(time.Hours, time.Calendar.Days, time.Zone);

    private DateOnly Monday()
    {
        var today = LocalTime.DayOf(clock.GetUtcNow(), team.Zone);
        return today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
    }
}
