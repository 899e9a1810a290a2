using System.Collections.Immutable;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Measures;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Import;

/// <summary>What became of a row.</summary>
internal enum RowOutcome
{
    Refused,
    Unchanged,
    Changed,
    Added,
}

/// <summary>A row and what became of it.</summary>
/// <param name="Line">The line of the file in which it starts.</param>
/// <param name="Customer">The customer's key, or what stood for it.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="What">What changed, or why it is refused.</param>
internal sealed record RowReport(int Line, string Customer, RowOutcome Outcome, Markdown What)
{
    /// <summary>It would have done something else than was told when the file was tried (M1).</summary>
    public bool IsHeldBack { get; init; }
}

/// <summary>Who imports.</summary>
/// <param name="By">Null on the command line.</param>
/// <param name="As">Who is noted as having added customers.</param>
/// <param name="MayArchive">May put customers away and bring them back.</param>
internal sealed record Importer(UserId? By, UserId As, bool MayArchive)
{
    /// <summary>
    /// What they were told that the file would do, by line: what would do nothing is missing. Null when they were told
    /// nothing.
    /// </summary>
    public IReadOnlyDictionary<int, RowReport>? Told { get; init; }
}

/// <summary>
/// One customer taking the rows of a file, one after the other (CUS-2): pure, so that a dry run is the same as the real
/// one. A row that can't be taken changes nothing.
/// </summary>
/// <param name="key">The customer's key, or the one it gets.</param>
/// <param name="known">As it is stored; null when it is new.</param>
/// <param name="days">What is recorded so far for the days that the rows name.</param>
/// <param name="importer">Who imports.</param>
/// <param name="now">UTC.</param>
internal sealed class CustomerUpdate(
    CustomerKey key,
    Customer? known,
    IReadOnlyDictionary<DateOnly, Measurement> days,
    Importer importer,
    DateTimeOffset now
)
{
    private readonly Customer? _known = known;
    private readonly IReadOnlyDictionary<DateOnly, Measurement> _before = days;
    private readonly Dictionary<DateOnly, Measurement> _days = new(days);
    private readonly List<RowReport> _reports = [];

    /// <summary>As it is afterwards; null when it is new and no row could be taken.</summary>
    public Customer? Customer { get; private set; } = known;

    /// <summary>What became of each row.</summary>
    public IReadOnlyList<RowReport> Reports => _reports;

    /// <summary>The days that are recorded otherwise afterwards.</summary>
    public IReadOnlyList<Measurement> ChangedDays =>
        [
            .. _days.Values.Where(day =>
                !_before.TryGetValue(day.On, out var before)
                    ? !day.IsEmpty
                    : FigureKinds.All.Any(figure => before[figure] != day[figure])
            ),
        ];

    /// <summary>What happened to it, for its timeline; of a new one the figures only, since it is added with the rest.</summary>
    public IReadOnlyList<CustomerFact> Facts()
    {
        var facts = new List<CustomerFact>();
        if (
            _known is not null
            && CustomerFields.Differences(_known, Customer!) is { Length: > 0 } changes
        )
        {
            facts.Add(new CustomerFact.Edited(importer.By, changes));
        }

        facts.AddRange(
            ChangedDays.Select(day => new CustomerFact.Recorded(
                importer.By,
                day.On,
                FigureChanges(_before.GetValueOrDefault(day.On), day)
            ))
        );
        if (_known is not null && _known.IsArchived != Customer!.IsArchived)
        {
            facts.Add(
                Customer.IsArchived
                    ? new CustomerFact.CustomerArchived(importer.By)
                    : new CustomerFact.Unarchived(importer.By)
            );
        }

        return facts;
    }

    /// <summary>Takes a row, or refuses it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="refusal">Why it can't be taken, as far as others know; null when they have nothing against it.</param>
    public void Take(CustomerRow row, string? refusal)
    {
        var before =
            Customer
            ?? (
                row.Name is { Length: > 0 } name ? new Customer(key, name, now, importer.As) : null
            );
        if (before is null)
        {
            Refuse(row, $"There is no customer “{key}”, and a new one needs a name");
            return;
        }

        var after = row.Values.Aggregate(before, (c, v) => v.Field.With(c, v.Value));
        after = after with { IsArchived = row.Archived ?? after.IsArchived };
        var day = Recorded(row);
        if ((refusal ?? Problem(row, before, after, day)) is { } problem)
        {
            Refuse(row, problem);
            return;
        }

        var told = new List<Markdown>();
        if (CustomerFields.Differences(before, after) is { Length: > 0 } changes)
        {
            told.Add(CustomerFact.Of(changes));
        }

        if (after.IsArchived != before.IsArchived)
        {
            told.Add(
                after.IsArchived ? Markdown.Of($"archived") : Markdown.Of($"not archived any more")
            );
        }

        var figures = day is null ? [] : FigureChanges(_days.GetValueOrDefault(day.On), day);
        if (day is not null && !figures.IsEmpty)
        {
            told.Add(Markdown.Of($"{CalendarDay.Write(day.On)}: {MeasureWords.Of(figures)}"));
        }

        var outcome =
            Customer is null ? RowOutcome.Added
            : told.Count > 0 ? RowOutcome.Changed
            : RowOutcome.Unchanged;
        var report = new RowReport(row.Line, key.Value, outcome, MeasureWords.Join(told, "; "));
        if (IsOtherThanTold(report))
        {
            _reports.Add(
                report with
                {
                    Outcome = RowOutcome.Refused,
                    What = Markdown.Of($"{WhoChangedIt()} Now it would be: {report.What}"),
                    IsHeldBack = true,
                }
            );
            return;
        }

        if (day is not null && !figures.IsEmpty)
        {
            _days[day.On] = day;
        }

        Customer = after;
        _reports.Add(report);
    }

    /// <summary>
    /// Whether a row does something else than its importer was told: others changed the customer meanwhile (M1). What could
    /// not be taken when they were told is taken when it can be.
    /// </summary>
    private bool IsOtherThanTold(RowReport report) =>
        importer.Told is { } told
        && report.Outcome != RowOutcome.Unchanged
        && (
            told.GetValueOrDefault(report.Line) is not { } then
            || (
                then.Outcome != RowOutcome.Refused
                && (then.Outcome != report.Outcome || then.What.Template != report.What.Template)
            )
        );

    private Markdown WhoChangedIt() =>
        _known?.ChangedBy is { } by && by != importer.By
            ? Markdown.Of($"{by} changed it since you tried the file, so it was left.")
            : Markdown.Of($"It was changed since you tried the file, so it was left.");

    private string? Problem(CustomerRow row, Customer before, Customer after, Measurement? day)
    {
        var today = after.Today(now);
        return row.MeasuredOn > today
                ? $"{CalendarDay.Write(row.MeasuredOn.Value)} has not come yet where the customer is"
            : day is not null && MeasurementDraft.Contradiction(day) is { } contradiction
                ? contradiction.TrimEnd('.')
            : day is not null
            && MeasurementDraft.Doubt(
                day,
                FigureChanges(_days.GetValueOrDefault(day.On), day),
                before.Figures
            )
                is { } doubt
                ? $"{doubt} If that is right, record it with /{SlashCommand.Trigger} customer measure {key} and “{MeasurementDraft.Anyway}” at the end"
            : after.IsArchived != before.IsArchived && !importer.MayArchive
                ? "Archiving customers, and bringing them back, is for CSM, TAM and leads"
            : null;
    }

    private Measurement? Recorded(CustomerRow row)
    {
        if (row.MeasuredOn is not { } on || row.Counts.IsEmpty)
        {
            return null;
        }

        var day = _days.GetValueOrDefault(on) ?? new Measurement(key, on);
        return new MeasurementDraft(on, row.Counts).Note(day, importer.By, now).Measurement;
    }

    private static ImmutableArray<FigureChange> FigureChanges(
        Measurement? before,
        Measurement after
    ) =>
        [
            .. FigureKinds
                .Named.Where(kind => before?[kind.Figure] != after[kind.Figure])
                .Select(kind => new FigureChange(
                    kind.Code,
                    before?[kind.Figure],
                    after[kind.Figure]
                )),
        ];

    private void Refuse(CustomerRow row, string why) =>
        _reports.Add(new RowReport(row.Line, key.Value, RowOutcome.Refused, Markdown.Typed(why)));
}
