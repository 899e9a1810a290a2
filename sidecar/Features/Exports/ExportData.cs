using System.Globalization;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Exports;

/// <summary>Has a file made and sent to whoever asks for it, once for each time they ask; the audit trail keeps who did.</summary>
internal sealed class ExportData(Store store, TimeProvider clock)
{
    public async Task<Reply> For(Envelope from, Export export, CancellationToken cancel)
    {
        if (await store.Find(IdempotencyRecord.Kind, from.Act, cancel) is null)
        {
            // When the same act was delivered twice at once, one commit loses, and the file is on its way all the same.
            await store.Commit(Change(from.User, from.Act, export), cancel);
        }

        return Reply.Say(
            Markdown.Of(
                $"A file with {export.What} is being made. I will send it to you by direct message."
            )
        );
    }

    private Change Change(UserId by, string act, Export export)
    {
        var now = clock.GetUtcNow();
        var file = string.Create(
            CultureInfo.InvariantCulture,
            $"{export.Name}-{now.UtcDateTime:yyyy-MM-dd}.csv"
        );
        var about = "export of " + export.Name;
        return new Change(now, by.Value)
            .Add(IdempotencyRecord.Kind, act, new IdempotencyRecord(about, now))
            .Record(
                ExportFact.Subject,
                new ExportFact.FileExported(by, export.Name),
                ExportsJson.Default.ExportFact
            )
            .Do(
                new Effect.SendFile(
                    by,
                    Markdown.Of(
                        $"Here is a file with {export.What}, for any spreadsheet. What is in it is for people who may see it here: keep it that way."
                    ),
                    file,
                    ExportFile.Name,
                    export.Name
                )
                {
                    About = about,
                    OnBehalfOf = by,
                    Otherwise = Markdown.Of(
                        $"Until then whoever runs me can write it on that machine, with {Markdown.Code($"export {export.Name} --to {file}")}."
                    ),
                }
            );
    }
}

/// <summary>Something that happened to all data, for the audit trail.</summary>
/// <param name="By">Who did it.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(FileExported), "exported")]
internal abstract record ExportFact(UserId By)
{
    /// <summary>Under which it is found in the audit trail.</summary>
    public const string Subject = "exports";

    /// <summary>Somebody asked for a file with it.</summary>
    public sealed record FileExported(UserId By, string What) : ExportFact(By);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExportFact))]
internal sealed partial class ExportsJson : JsonSerializerContext;

/// <summary><c>/escalate export escalations</c>.</summary>
internal sealed class ExportEscalations(ExportData data) : ISlashCommand
{
    public static Permission Permission => ExportRights.Escalations;

    public static CommandSpec Spec { get; } =
        new("export escalations", "Get all escalations as a file for spreadsheets")
        {
            Examples = ["export escalations"],
            Details =
                "The file (CSV, UTF-8) comes by direct message. People are in it by user name and id, times are UTC. An apostrophe before `=`, `+`, `-` or `@` keeps spreadsheets from taking a text for a formula.",
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        data.For(call.Envelope, EscalationExport.Table, cancel);
}

/// <summary><c>/escalate export customers</c>.</summary>
internal sealed class ExportCustomers(ExportData data) : ISlashCommand
{
    public static Permission Permission => ExportRights.Customers;

    public static CommandSpec Spec { get; } =
        new("export customers", "Get all customers as a file for spreadsheets")
        {
            Examples = ["export customers"],
            Details =
                "The file (CSV, UTF-8) comes by direct message; archived customers are in it.",
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        data.For(call.Envelope, CustomerExport.Table, cancel);
}

/// <summary><c>/escalate export measurements</c>.</summary>
internal sealed class ExportMeasurements(ExportData data) : ISlashCommand
{
    public static Permission Permission => ExportRights.Customers;

    public static CommandSpec Spec { get; } =
        new("export measurements", "Get all figures of customers as a file for spreadsheets")
        {
            Examples = ["export measurements"],
            Details =
                "The file (CSV, UTF-8) comes by direct message: seats, MAU and DAU of every customer and day on which they were counted.",
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        data.For(call.Envelope, MeasurementExport.Table, cancel);
}

/// <summary><c>/escalate export implementations</c>.</summary>
internal sealed class ExportImplementations(ExportData data) : ISlashCommand
{
    public static Permission Permission => ExportRights.Implementations;

    public static CommandSpec Spec { get; } =
        new("export implementations", "Get all implementation requests as a file for spreadsheets")
        {
            Examples = ["export implementations"],
            Details =
                "The file (CSV, UTF-8) comes by direct message; what is over is in it, people by user name and id.",
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        data.For(call.Envelope, ImplementationExport.Table, cancel);
}

/// <summary><c>/escalate export services</c>.</summary>
internal sealed class ExportServices(ExportData data) : ISlashCommand
{
    public static Permission Permission => ExportRights.Services;

    public static CommandSpec Spec { get; } =
        new("export services", "Get all service requests as a file for spreadsheets")
        {
            Examples = ["export services"],
            Details =
                "The file (CSV, UTF-8) comes by direct message, with who maintains what was built.",
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        data.For(call.Envelope, ServiceExport.Table, cancel);
}

/// <summary><c>/escalate export audit</c>.</summary>
internal sealed class ExportAudit(ExportData data) : ISlashCommand
{
    public static Permission Permission => ExportRights.Audit;

    public static CommandSpec Spec { get; } =
        new("export audit", "Get the whole audit trail as a file for spreadsheets")
        {
            Examples = ["export audit"],
            Details =
                "The file (CSV, UTF-8) comes by direct message: who did what, when, to what, with all details as JSON.",
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        data.For(call.Envelope, AuditExport.Table, cancel);
}
