using System.Collections.Immutable;
using Sidecar.Csv;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;

namespace Sidecar.Features.Customers.Import;

/// <summary>The columns of files of customers: what is exported can be imported again and changes nothing.</summary>
internal static class CustomerColumns
{
    public static CsvHeading Key { get; } =
        new("key") { Aliases = ["customer key", "code", "customer code", "short name", "slug"] };

    public static CsvHeading Archived { get; } = new("archived");

    public static CsvHeading MeasuredOn { get; } =
        new("measured_on") { Aliases = ["measured", "counted on", "as of", "date of figures"] };

    /// <summary>As customer tools and people call these columns, by the code of field or figure.</summary>
    private static readonly Dictionary<string, string[]> Usual = new(StringComparer.Ordinal)
    {
        ["name"] =
        [
            "account name",
            "account",
            "company",
            "company name",
            "customer",
            "customer name",
            "client",
            "client name",
            "organization",
            "organisation",
        ],
        ["arr"] = ["arr", "annual revenue", "annual recurring revenue", "acv", "arr in usd"],
        ["contract"] = ["contract start", "contract start date", "start date", "signed on"],
        ["production"] = ["go live", "go live date", "live since"],
        ["hosting"] = ["cloud", "cloud provider"],
        ["zone"] = ["timezone", "time zone"],
        ["ce"] = ["customer engineer", "support engineer"],
        ["tam"] = ["technical account manager"],
        ["csm"] = ["customer success manager", "success manager"],
        ["ae"] = ["owner", "account owner", "account executive", "sales owner", "account manager"],
        ["crm"] = ["crm", "crm url", "opportunity", "opportunity link"],
        ["tickets"] = ["ticket link", "support link"],
        ["purchased"] =
        [
            "seats",
            "licences",
            "licenses",
            "seats licensed",
            "seats bought",
            "licensed seats",
            "purchased seats",
            "number of seats",
        ],
        ["deployed"] = ["seats used", "seats in use", "deployed seats", "used seats", "activated"],
        ["mau"] = ["monthly active users"],
        ["dau"] = ["daily active users"],
    };

    /// <summary>The columns of a customer's fields.</summary>
    public static ImmutableArray<(CustomerField Field, CsvHeading Heading)> Fields { get; } =
    [
        .. CustomerFields.All.Select(field =>
            (
                field,
                new CsvHeading(field.Column)
                {
                    Aliases =
                    [
                        field.Code,
                        field.Label,
                        .. field.Aliases,
                        .. Usual.GetValueOrDefault(field.Code, []),
                    ],
                }
            )
        ),
    ];

    /// <summary>The columns of figures.</summary>
    public static ImmutableArray<(FigureKind Kind, CsvHeading Heading)> Figures { get; } =
    [
        .. FigureKinds.Named.Select(kind =>
            (
                kind,
                new CsvHeading(kind.Column)
                {
                    Aliases =
                    [
                        kind.Code,
                        kind.Label,
                        .. kind.Aliases,
                        .. Usual.GetValueOrDefault(kind.Code, []),
                    ],
                }
            )
        ),
    ];

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
