using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Csv;
using Sidecar.Features.Customers.Fields;
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

        return new CustomerFile(
            [
                .. good.GroupBy(row => row.About, StringComparer.Ordinal)
                    .Select(group => (IReadOnlyList<CustomerRow>)[.. group]),
            ],
            [.. problems.OrderBy(problem => problem.Line)]
        )
        {
            LeftOut = content.LeftOut,
        };
    }

    private static IEnumerable<string> Names(CustomerRow row) =>
        row.Values.Where(v => v.Field.IsPerson && v.Value.Length > 0).Select(v => v.Value);

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

            var name = UnseenMarks.Without(value).TrimStart('@', '＠').ToLowerInvariant();
            var reading = called.TryGetValue(name, out var person)
                ? CustomerTyping.Owner(person)
                : FieldReading.Wrong(
                    $"There is nobody called “{(value.Length <= 60 ? value : value[..60] + "…")}” in Mattermost"
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
