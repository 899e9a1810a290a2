using Sidecar.Csv;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Import;
using Sidecar.Ids;

namespace Sidecar.Features.Exports;

/// <summary>All customers by their keys, archived ones too, in columns that an import takes again.</summary>
internal static class CustomerExport
{
    public static Export<Customer> Table { get; } =
        new(
            "customers",
            "all customers",
            ExportRights.Customers,
            [
                new ExportColumn<Customer>(CustomerColumns.Key.Name, c => c.Key.Value),
                .. CustomerColumns.Fields.Select(column => Column(column.Field, column.Heading)),
                new ExportColumn<Customer>(
                    CustomerColumns.MeasuredOn.Name,
                    c => CustomerColumns.LatestDay(c)
                ),
                .. CustomerColumns.Figures.Select(column => new ExportColumn<Customer>(
                    column.Heading.Name,
                    c => CustomerColumns.LatestCount(c, column.Kind.Figure)
                )),
                new ExportColumn<Customer>(CustomerColumns.Archived.Name, c => c.IsArchived),
                new ExportColumn<Customer>(CustomerColumns.AddedAt.Name, c => c.AddedAt),
                new ExportColumn<Customer>(CustomerColumns.AddedBy, c => c.AddedBy),
            ],
            StoredPages.Of(Customer.Kind, id => id)
        );

    private static ExportColumn<Customer> Column(CustomerField field, CsvHeading heading) =>
        field.IsPerson
            ? new ExportColumn<Customer>(
                heading.Name,
                c => field.Value(c) is { Length: > 0 } id ? new UserId(id) : (UserId?)null
            )
            : new ExportColumn<Customer>(
                heading.Name,
                c =>
                    (CsvCell)(
                        field.Value(c) is { Length: > 0 } value ? field.Exported(value) : null
                    )
            );
}

/// <summary>The whole history of customers' figures: a day of a customer to a line, in columns that an import takes again.</summary>
internal static class MeasurementExport
{
    public static Export<Measurement> Table { get; } =
        new(
            "measurements",
            "all figures of customers",
            ExportRights.Customers,
            [
                new ExportColumn<Measurement>(CustomerColumns.Key.Name, day => day.Customer.Value),
                new ExportColumn<Measurement>(
                    CustomerColumns.MeasuredOn.Name,
                    day => (DateOnly?)day.On
                ),
                .. CustomerColumns.Figures.Select(column => new ExportColumn<Measurement>(
                    column.Heading.Name,
                    day => day[column.Kind.Figure]
                )),
            ],
            StoredPages.Of(Measurement.Kind, id => id)
        );
}
