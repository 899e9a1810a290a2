using Sidecar.Chat;
using Sidecar.Csv;
using Sidecar.Features.Customers.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Import;

/// <summary><c>/escalate customer import template</c>: a file with all columns, to be filled in and imported.</summary>
internal sealed class SendImportTemplate(Store store, AwaitFile files, TimeProvider clock)
    : ISlashCommand
{
    public static Permission Permission => CustomerRights.Import;

    public static CommandSpec Spec { get; } =
        new("customer import template", "Get a CSV file to fill in and import")
        {
            Examples = ["customer import template"],
            Details =
                "The file has every column and an example in one row. Take out the columns that you do not need.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        await files.Await(by, cancel);
        await store.Commit(
            new Change(clock.GetUtcNow(), by.Value).Do(
                new Effect.SendFile(
                    by,
                    Markdown.Of(
                        $"Fill this in, save it as CSV, and send it to me here: I ask before anything is changed. Only {Markdown.Code(CustomerColumns.Name.Name)} is needed; take out the columns that you do not use, and the example."
                    ),
                    "customers.csv",
                    ImportTemplate.Name,
                    "customers"
                )
                {
                    About = "a template for customers",
                    OnBehalfOf = by,
                }
            ),
            cancel
        );
        return Reply.Done(Markdown.Of($"You get the file by direct message."));
    }
}

/// <summary>The file: what it holds is what an import takes.</summary>
internal sealed class ImportTemplate : IFileSource
{
    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["key"] = "acme",
        ["name"] = "Acme Labs",
        ["measured_on"] = "2026-01-31",
        ["seats_purchased"] = "500",
        ["seats_deployed"] = "450",
        ["mau"] = "300",
        ["dau"] = "120",
        ["archived"] = "no",
    };

    private static readonly int[] OneRow = [1];

    public static string Name => "customers.import-template";

    public async Task<Refusal?> Write(FileRequest request, Stream to, CancellationToken cancel)
    {
        CsvColumn<int>[] columns =
        [
            .. CustomerColumns.Headings.Select(h => new CsvColumn<int>(h.Name, _ => Example(h))),
        ];
        await CsvTable.Write(to, columns, OneRow.ToAsyncEnumerable(), cancel);
        return null;
    }

    // People are left empty: an account of that name may not be there, and the row would be refused.
    private static string Example(CsvHeading heading) =>
        Examples.TryGetValue(heading.Name, out var example) ? example
        : CustomerColumns.Fields.FirstOrDefault(f => f.Heading == heading).Field
            is { IsPerson: false } field
            ? field.Example.Trim('"')
        : "";
}
