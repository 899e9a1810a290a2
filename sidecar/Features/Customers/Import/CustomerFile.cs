using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Csv;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Import;

/// <summary>A file of customers that was read: rows about one customer together, in the order in which it first comes.</summary>
/// <param name="Groups">The good rows by customer.</param>
/// <param name="Refused">What is wrong with the others.</param>
internal sealed record CustomerFile(
    IReadOnlyList<IReadOnlyList<CustomerRow>> Groups,
    IReadOnlyList<CsvProblem> Refused
)
{
    /// <summary>A file may have so many rows.</summary>
    public const int MostRows = 250_000;

    /// <summary>A file may have so many bytes.</summary>
    public const long LargestFile = 64L << 20;

    /// <summary>The file as a whole can't be taken; <see cref="Refused"/> says why.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Columns that are not known, which were left out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Rows without a key that are one customer because of their name, each as a sentence.</summary>
    public IReadOnlyList<string> OfOneName { get; init; } = [];

    /// <summary>The first row at which reading failed, for the log.</summary>
    public (int Line, Exception Why)? Fault { get; init; }

    /// <summary>The customers that its rows name by key, with the first row that does.</summary>
    public IReadOnlyDictionary<CustomerKey, CustomerRow> Claims { get; init; } =
        ImmutableDictionary<CustomerKey, CustomerRow>.Empty;

    /// <summary>Reads a file and finds out who is meant by its at-names.</summary>
    /// <exception cref="ChatException">Mattermost had to be asked about names and did not answer.</exception>
    public static async Task<CustomerFile> Read(
        Stream from,
        DateOnly today,
        PeopleDirectory people,
        CancellationToken cancel
    )
    {
        var content = await CsvTable.Read(
            from,
            CustomerColumns.Taken,
            row => CustomerRow.Read(row, today),
            new CsvLimits { Rows = MostRows },
            cancel
        );
        if (content.IsRefused)
        {
            return new CustomerFile([], content.Problems) { IsRefused = true };
        }

        var rows = content.Records.Select(record => record.Value).ToList();
        var called = await people.Called(rows.SelectMany(Names), cancel);
        var problems = content.Problems.ToList();
        var good = new List<CustomerRow>(rows.Count);
        foreach (var row in rows)
        {
            if (WithPeople(row, called, problems) is { } resolved)
            {
                good.Add(resolved);
            }
        }

        good = Apart(good, problems);
        return new CustomerFile(
            [
                .. good.GroupBy(row => row.About, StringComparer.Ordinal)
                    .Select(group => (IReadOnlyList<CustomerRow>)[.. group]),
            ],
            [.. problems.OrderBy(problem => problem.Line)]
        )
        {
            LeftOut = content.LeftOut,
            OfOneName = [.. OneName(good)],
            Fault = content.Fault,
            Claims = good.Where(row => row.Key is not null)
                .GroupBy(row => row.Key!.Value)
                .ToDictionary(
                    group => group.Key,
                    group => group.FirstOrDefault(row => row.Name is not null) ?? group.First()
                ),
        };
    }

    /// <summary>
    /// Without the rows whose keys are spelt differently and become one key: nobody can tell whether they mean one
    /// customer, and one would take the other's name.
    /// </summary>
    private static List<CustomerRow> Apart(List<CustomerRow> rows, List<CsvProblem> problems)
    {
        var clashing = rows.Where(row => row.Key is not null)
            .GroupBy(row => row.Key!.Value)
            .Where(group =>
                group.Select(row => row.KeySpelt).Distinct(StringComparer.Ordinal).Skip(1).Any()
            )
            .ToDictionary(group => group.Key, group => group.ToList());
        foreach (var (key, group) in clashing)
        {
            foreach (var row in group)
            {
                var other = group.First(r => r.KeySpelt != row.KeySpelt);
                problems.Add(
                    new CsvProblem(
                        row.Line,
                        CustomerColumns.Key.Name,
                        $"“{Short(row.KeySpelt!)}” and “{Short(other.KeySpelt!)}” in line {other.Line} would become one key, “{key}”: give each customer a key of its own, of letters, digits and hyphens, with at most {CustomerKey.MaxLength} of them"
                    )
                );
            }
        }

        return clashing.Count == 0
            ? rows
            : [.. rows.Where(row => row.Key is not { } key || !clashing.ContainsKey(key))];
    }

    /// <summary>
    /// Two customers of one name are one here. Whoever meant two learns it; rows of several days are figures of one.
    /// </summary>
    private static IEnumerable<string> OneName(List<CustomerRow> rows) =>
        rows.Where(row => row.Key is null)
            .GroupBy(row => (row.About, row.MeasuredOn))
            .Where(same => same.Skip(1).Any())
            .Select(same =>
                $"Lines {string.Join(", ", same.SkipLast(1).Take(ShownLines).Select(row => row.Line))} and {same.Last().Line} have one name, “{Short(same.First().Name ?? "")}”, and no key, so they are one customer: what the last one says counts."
            );

    private const int ShownLines = 5;

    private static string Short(string text) => CsvRow.Short(text);

    private static IEnumerable<string> Names(CustomerRow row) =>
        row
            .Values.Where(v => v.Field.IsPerson && v.Value.Length > 0)
            .SelectMany(v => SentenceMarks.Spellings(SentenceMarks.Bare(v.Value, '@')));

    private static CustomerRow? WithPeople(
        CustomerRow row,
        IReadOnlyDictionary<string, ChatPerson> called,
        List<CsvProblem> problems
    )
    {
        if (!Names(row).Any())
        {
            return row;
        }

        var isGood = true;
        var values = ImmutableArray.CreateBuilder<(CustomerField, string)>(row.Values.Length);
        foreach (var (field, value) in row.Values)
        {
            if (!field.IsPerson || value.Length == 0)
            {
                values.Add((field, value));
                continue;
            }

            var name = SentenceMarks.Bare(value, '@');
            var reading = SentenceMarks.Fits(name, called, out var person, out _)
                ? CustomerTyping.Owner(person)
                : FieldReading.Wrong(
                    $"There is nobody called “{MarkdownEscaper.Shorten(value, 61)}” in Mattermost"
                );
            values.Add((field, reading.Value));
            if (reading.Problem is { } problem)
            {
                problems.Add(new CsvProblem(row.Line, field.Column, problem.TrimEnd('.')));
                isGood = false;
            }
        }

        return isGood ? row with { Values = values.ToImmutable() } : null;
    }
}
