using System.Collections.Immutable;
using Sidecar.Csv;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Measures;

namespace Sidecar.Features.Customers.Import;

/// <summary>The columns of files of customers: what is exported can be imported again and changes nothing.</summary>
internal static class CustomerColumns
{
    public static CsvHeading Key { get; } = new("key");

    public static CsvHeading Archived { get; } = new("archived");

    public static CsvHeading MeasuredOn { get; } = new("measured_on");

    /// <summary>The columns of a customer's fields.</summary>
    public static ImmutableArray<(CustomerField Field, CsvHeading Heading)> Fields { get; } =
    [.. CustomerFields.All.Select(field => (field, new CsvHeading(field.Column)))];

    /// <summary>The columns of figures.</summary>
    public static ImmutableArray<(FigureKind Kind, CsvHeading Heading)> Figures { get; } =
    [.. FigureKinds.Named.Select(kind => (kind, new CsvHeading(kind.Column)))];

    /// <summary>The column by which a new customer is named.</summary>
    public static CsvHeading Name { get; } =
        Fields.First(column => column.Field == CustomerFields.Name).Heading;

    /// <summary>When a customer was added; an import leaves it out.</summary>
    public static CsvHeading AddedAt { get; } = new("added_at");

    /// <summary>By whom a customer was added: two columns, of which an import leaves both out.</summary>
    public const string AddedBy = "added_by";

    /// <summary>The columns that an import understands.</summary>
    public static IReadOnlyList<CsvHeading> Headings { get; } =
    [
        Key,
        .. Fields.Select(column => column.Heading),
        MeasuredOn,
        .. Figures.Select(column => column.Heading),
        Archived,
    ];

    /// <summary>All that a file may have: an exported one tells more than an import takes.</summary>
    public static IReadOnlyList<CsvHeading> Taken { get; } =
    [
        .. Headings,
        .. Fields
            .Where(column => column.Field.IsPerson)
            .Select(column => new CsvHeading(column.Heading.Name + "_id")),
        AddedAt,
        new CsvHeading(AddedBy),
        new CsvHeading(AddedBy + "_id"),
    ];

    /// <summary>The latest day on which something was counted.</summary>
    public static DateOnly? LatestDay(Customer customer) =>
        FigureKinds.All.Select(figure => customer.Figures[figure]?.On).Max();

    /// <summary>What was counted on that day.</summary>
    public static long? LatestCount(Customer customer, Figure figure) =>
        customer.Figures[figure] is { } latest && latest.On == LatestDay(customer)
            ? latest.Count
            : null;
}
