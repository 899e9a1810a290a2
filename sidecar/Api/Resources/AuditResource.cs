using System.Globalization;
using System.Text.Json;
using Sidecar.Features.Exports;
using Sidecar.Features.Tokens;
using Sidecar.Storage;

namespace Sidecar.Api.Resources;

/// <summary>The audit trail (ALL-4), for those who may export it.</summary>
internal sealed class AuditResource(Store store, ApiAnswers answers)
{
    private const string Subject = "subject";

    public static ApiOperation List { get; } =
        new("listAudit", "GET", "/audit", "Read the audit trail", TokenScope.ReadAudit)
        {
            Tag = "Audit",
            Description =
                "The oldest first. What was done through a token is there under its number as well: subject token:TOK-3.",
            Query =
            [
                new(
                    Subject,
                    FieldType.Text,
                    "Only what is about this: ESC-12, customer:acme, token:TOK-3."
                ),
                .. Paging.Fields,
            ],
            Result = ApiJson.Default.AuditPage,
            Run = (parts, call, cancel) =>
                parts.GetRequiredService<AuditResource>().Read(call, cancel),
        };

    private async Task<ApiAnswer> Read(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(ExportRights.Audit, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var after = 0L;
        if (
            call[Paging.CursorName] is { } cursor
            && !(
                long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after)
                && after > 0
            )
        )
        {
            return ApiProblem.Invalid(Paging.CursorName, "This is not a place in the trail.");
        }

        var entries = call[Subject] is { } subject
            ? await store.Engine.ReadAudit(subject, after, call.Limit + 1, cancel)
            : await store.Engine.ReadAudit(after, call.Limit + 1, cancel);
        var shown = entries.Take(call.Limit).ToList();
        var next =
            entries.Count > shown.Count
                ? shown[^1].Sequence.ToString(CultureInfo.InvariantCulture)
                : null;
        return new ApiAnswer.OfValue(new ApiPage<AuditView>([.. shown.Select(View)], next))
        {
            Next = next,
        };
    }

    private static AuditView View(RecordedAudit recorded)
    {
        using var body = JsonDocument.Parse(recorded.Entry.Body);
        var details = body.RootElement.Clone();
        return new AuditView(
            recorded.Sequence,
            recorded.Entry.At,
            recorded.Entry.Actor,
            recorded.Entry.Subject,
            details.ValueKind == JsonValueKind.Object
            && details.TryGetProperty("fact", out var fact)
            && fact.ValueKind == JsonValueKind.String
                ? fact.GetString()
                : null,
            details
        );
    }
}
