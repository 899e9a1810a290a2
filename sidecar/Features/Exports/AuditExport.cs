using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Exports;

/// <summary>The whole audit trail, oldest first (ALL-4).</summary>
internal static class AuditExport
{
    private const int PageSize = 500;

    public static Export<RecordedAudit> Table { get; } =
        new(
            "audit",
            "the audit trail",
            ExportRights.Audit,
            [
                new("sequence", a => a.Sequence),
                new("time", a => a.Entry.At),
                new("actor", a => Person(a)),
                new("part", a => Person(a) is null ? a.Entry.Actor : null),
                new("subject", a => a.Entry.Subject),
                new("fact", a => Fact(a.Entry.Body)),
                new("details", a => Encoding.UTF8.GetString(a.Entry.Body.Span)),
            ],
            Pages
        );

    /// <summary>Who did it; null when it was a part of the product.</summary>
    private static UserId? Person(RecordedAudit audit) =>
        audit.Entry.Actor is { Length: 26 } actor
        && actor.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            ? new UserId(actor)
            : null;

    private static string? Fact(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return
            json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("fact", out var fact)
            && fact.ValueKind == JsonValueKind.String
            ? fact.GetString()
            : null;
    }

    private static async IAsyncEnumerable<IReadOnlyList<RecordedAudit>> Pages(
        Store store,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        for (var after = 0L; ; )
        {
            var page = await store.Engine.ReadAudit(after, PageSize, cancel);
            if (page.Count == 0)
            {
                yield break;
            }

            yield return page;
            after = page[^1].Sequence;
        }
    }
}
