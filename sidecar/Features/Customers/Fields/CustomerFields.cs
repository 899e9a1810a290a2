using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Fields;

/// <summary>All fields of a customer (CUS-1), in the order in which people read them.</summary>
internal static class CustomerFields
{
    /// <summary>The choice that says that nobody has told.</summary>
    public const string NotTold = "not-told";

    /// <summary>Typed instead of a value, it takes the value away.</summary>
    public const string Clear = "-";

    public static CustomerField Name { get; } =
        new("name", "Name", FieldKind.Text)
        {
            Example = "\"Acme Labs\"",
            IsRequired = true,
            MaxLength = Customer.MaxNameLength,
            Value = c => c.Name,
            With = (c, value) => c.Renamed(value),
            Reader = FieldReaders.Name,
        };

    public static CustomerField Phase { get; } =
        FieldReaders.Choice<CustomerPhase>(
            "phase",
            "Phase",
            [
                (CustomerPhase.PreSales, "pre-sales", "Pre-sales"),
                (CustomerPhase.PostSales, "post-sales", "Post-sales"),
            ],
            c => c.Phase,
            (c, value) => c with { Phase = value }
        ) with
        {
            Aliases = ["stage"],
        };

    public static CustomerField Strategic { get; } =
        new("strategic", "Strategic", FieldKind.YesNo)
        {
            Example = "yes",
            Value = c => c.IsStrategic ? "yes" : "",
            With = (c, value) => c with { IsStrategic = value.Length > 0 },
            Reader = FieldReaders.YesNo,
            Filled = _ => "true",
        };

    public static CustomerField Arr { get; } =
        new("arr", "ARR in USD", FieldKind.Text)
        {
            Column = "arr_usd",
            Aliases = ["annual recurring revenue", "revenue"],
            Help = "Annual recurring revenue in US dollars: 120,000, 120k or 1.2m.",
            Example = "120,000",
            MaxLength = 40,
            Value = c => c.Arr is { } arr ? Usd.Write(arr) : "",
            With = (c, value) =>
                c with
                {
                    Arr = value.Length > 0 ? FieldReaders.Amount(value) : null,
                },
            Reader = FieldReaders.Usd,
            Shown = value => Markdown.Typed(Usd.Show(FieldReaders.Amount(value))),
            Filled = value => Usd.Fill(FieldReaders.Amount(value)),
        };

    public static CustomerField Contract { get; } =
        FieldReaders.Date(
            "contract",
            "Contract date",
            c => c.ContractOn,
            (c, value) => c with { ContractOn = value }
        ) with
        {
            Column = "contract_date",
            Aliases = ["contracted", "contract on"],
        };

    public static CustomerField Production { get; } =
        FieldReaders.Date(
            "production",
            "Production completed",
            c => c.ProductionCompletedOn,
            (c, value) => c with { ProductionCompletedOn = value }
        ) with
        {
            Column = "production_completed",
            Aliases = ["production date", "production completed date", "production completed on"],
            Help =
                "The date on which the production environment was completed; adoption counts from it.",
        };

    public static CustomerField Method { get; } =
        FieldReaders.Line(
            "method",
            "Deployment method",
            "Kubernetes",
            c => c.DeploymentMethod,
            (c, value) => c with { DeploymentMethod = value }
        ) with
        {
            Column = "deployment_method",
            Help = "Kubernetes, virtual machines, bare metal, cloud …",
        };

    public static CustomerField Hosting { get; } =
        FieldReaders.Line(
            "hosting",
            "Hosting provider",
            "AWS",
            c => c.HostingProvider,
            (c, value) => c with { HostingProvider = value }
        ) with
        {
            Column = "hosting_provider",
            Aliases = ["provider", "host"],
            Help = "Where it runs: AWS, Azure, their own data centre …",
        };

    public static CustomerField Deployment { get; } =
        FieldReaders.Choice<DeploymentStandard>(
            "deployment",
            "Deployment",
            [
                (DeploymentStandard.Standard, "standard", "Standard"),
                (DeploymentStandard.NonStandard, "non-standard", "Non-standard"),
            ],
            c => c.Deployment,
            (c, value) => c with { Deployment = value }
        ) with
        {
            Aliases = ["standard", "deployment type"],
        };

    public static CustomerField Zone { get; } =
        new("zone", "Time zone", FieldKind.Text)
        {
            Column = "time_zone",
            Aliases = ["timezone", "tz"],
            Help = "IANA name, as in Europe/Berlin. The customer’s days begin there.",
            Example = "Europe/Berlin",
            MaxLength = 60,
            Value = c => c.TimeZone ?? "",
            With = (c, value) => c with { TimeZone = FieldReaders.OrNull(value) },
            Shown = value =>
                Markdown.Typed(
                    Zones.Stored(value) is null
                        ? $"{value} (this machine knows no such zone and takes UTC instead)"
                        : value
                ),
            Reader = (typed, _) =>
                TimeZones.Read(typed, out var problem) is { } zone
                    ? FieldReading.Of(zone)
                    : FieldReading.Wrong(problem),
        };

    public static CustomerField CustomerEngineer { get; } =
        FieldReaders.Person(
            "ce",
            "CE",
            Role.CustomerEngineer,
            c => c.CustomerEngineer,
            (c, value) => c with { CustomerEngineer = value }
        );

    public static CustomerField TechnicalAccountManager { get; } =
        FieldReaders.Person(
            "tam",
            "TAM",
            Role.TechnicalAccountManager,
            c => c.TechnicalAccountManager,
            (c, value) => c with { TechnicalAccountManager = value }
        );

    public static CustomerField CustomerSuccessManager { get; } =
        FieldReaders.Person(
            "csm",
            "CSM",
            Role.CustomerSuccessManager,
            c => c.CustomerSuccessManager,
            (c, value) => c with { CustomerSuccessManager = value }
        );

    public static CustomerField AccountExecutive { get; } =
        FieldReaders.Person(
            "ae",
            "AE",
            Role.AccountExecutive,
            c => c.AccountExecutive,
            (c, value) => c with { AccountExecutive = value }
        );

    public static CustomerField Crm { get; } =
        FieldReaders.Link(
            "crm",
            "CRM opportunity",
            "crm_link",
            c => c.CrmLink,
            (c, value) => c with { CrmLink = value }
        ) with
        {
            Aliases = ["opportunity", "crm opportunity link"],
        };

    public static CustomerField Success { get; } =
        FieldReaders.Link(
            "success",
            "Success platform",
            "success_link",
            c => c.SuccessLink,
            (c, value) => c with { SuccessLink = value }
        );

    public static CustomerField Tickets { get; } =
        FieldReaders.Link(
            "tickets",
            "Ticket system",
            "tickets_link",
            c => c.TicketsLink,
            (c, value) => c with { TicketsLink = value }
        ) with
        {
            Aliases = ["ticket", "support"],
        };

    public static CustomerField Designs { get; } =
        new("designs", "Design documents", FieldKind.LongText)
        {
            Column = "design_documents",
            Aliases = ["design", "technical design documents", "tdd", "documents"],
            Help = "Technical design documents: their addresses, one to a line.",
            Example = "https://docs.example.com/design",
            MaxLength = FieldReaders.MaxDesignsLength,
            Value = c => string.Join('\n', c.DesignDocuments),
            With = (c, value) =>
                c with
                {
                    DesignDocuments = [.. value.Split('\n', StringSplitOptions.RemoveEmptyEntries)],
                },
            Reader = FieldReaders.Links,
            Shown = value => Markdown.Typed(value.Replace("\n", ", ", StringComparison.Ordinal)),
            Exported = value => value.Replace('\n', ' '),
        };

    public static ImmutableArray<CustomerField> All { get; } =
    [
        Name,
        Phase,
        Strategic,
        Arr,
        Contract,
        Production,
        Method,
        Hosting,
        Deployment,
        Zone,
        CustomerEngineer,
        TechnicalAccountManager,
        CustomerSuccessManager,
        AccountExecutive,
        Crm,
        Success,
        Tickets,
        Designs,
    ];

    /// <summary>The field that a word or a heading means, or null.</summary>
    public static CustomerField? Called(string typed) => All.FirstOrDefault(f => f.IsCalled(typed));

    /// <summary>A field by its code, as the audit trail keeps it; null for one that a newer release knew.</summary>
    public static CustomerField? Coded(string code) => All.FirstOrDefault(f => f.Code == code);

    /// <summary>The fields closest to a word that means none.</summary>
    public static CustomerField? Nearest(string typed)
    {
        var word = BareName.Of(typed);
        return All.SelectMany(f =>
                f.Aliases.Append(f.Code)
                    .Append(f.Column)
                    .Append(f.Label)
                    .Select(name =>
                        (
                            Field: f,
                            Distance: Spelling.Within(
                                word,
                                BareName.Of(name),
                                Math.Max(1, name.Length / 3)
                            )
                        )
                    )
            )
            .Where(f => f.Distance is not null)
            .OrderBy(f => f.Distance)
            .Select(f => f.Field)
            .FirstOrDefault();
    }

    /// <summary>What differs between two states of a customer.</summary>
    public static ImmutableArray<FieldChange> Differences(Customer before, Customer after) =>
        [
            .. All.Select(f => new FieldChange(f.Code, f.Value(before), f.Value(after)))
                .Where(change => change.From != change.To),
        ];

    /// <summary>A number as it is kept: always with the same separators.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What became of a field. Values are as the field keeps them: people by id, empty for nothing.</summary>
/// <param name="Field">The field's code.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it is.</param>
internal sealed record FieldChange(string Field, string From, string To);
