using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Exports;

/// <summary>Makes the file of an export when it is sent, if the person may still have it.</summary>
internal sealed class ExportFile(Store store, RoleStore roles, PeopleDirectory people) : IFileSource
{
    public static string Name => "export";

    public async Task<Refusal?> Write(FileRequest request, Stream to, CancellationToken cancel)
    {
        var export = ExportList.Named(request.Argument);
        // What they are may have changed since they asked, in Mattermost as well: the permission asks now.
        if (await roles.Check(export.Permission, request.For, cancel) is { } refusal)
        {
            return new NotAnyMore(export.What, refusal);
        }

        await export.Write(store, ExportedNames.From(people), to, cancel);
        return null;
    }

    private sealed record NotAnyMore(string What, Refusal Why)
        : Refusal(
            Markdown.Of($"You asked for a file with {What}, and it was not made. {Why.Sentence}")
        );
}

/// <summary>What can be exported.</summary>
internal static class ExportList
{
    public static IReadOnlyList<Export> All { get; } =
    [
        EscalationExport.Table,
        CustomerExport.Table,
        MeasurementExport.Table,
        ImplementationExport.Table,
        ServiceExport.Table,
        AuditExport.Table,
    ];

    /// <exception cref="InvalidOperationException">There is no such export.</exception>
    public static Export Named(string name) => All.First(e => e.Name == name);
}
