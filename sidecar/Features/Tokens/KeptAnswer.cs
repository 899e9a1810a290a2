using System.Text.Json.Serialization;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Tokens;

/// <summary>
/// What a request with an <c>Idempotency-Key</c> was answered, so that the same request, sent again, is answered the same
/// and does nothing. Its document's id is the token and a digest of the key.
/// </summary>
/// <param name="Request">A digest of the request, to tell another one under the same key.</param>
/// <param name="At">When it began, UTC.</param>
internal sealed record KeptAnswer(string Request, DateTimeOffset At)
{
    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>What was asked for is done: committed together with it. Null before that.</summary>
    public bool? IsDone { get; init; }

    /// <summary>Its status; null while it is being worked on.</summary>
    public int? Status { get; init; }

    /// <summary>Its body.</summary>
    public string Body { get; init; } = "";

    /// <summary>Where what was made is; null when nothing was made.</summary>
    public string? Location { get; init; }

    public string? Tag { get; init; }

    public static DocumentKind<KeptAnswer> Kind { get; } =
        new("api-answer", KeptAnswerJson.Default.KeptAnswer);
}

/// <summary>Forgets an answer after its time.</summary>
internal sealed class ForgetAnswer(Store store) : IDueTask
{
    public static string Kind => "api.forget-answer";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        while (true)
        {
            var change = new Change(call.Now, nameof(ForgetAnswer)).Due(Kind, call.Id, null);
            if (await store.Find(KeptAnswer.Kind, call.Id, cancel) is { } read)
            {
                change.Delete(KeptAnswer.Kind, read);
            }

            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(KeptAnswer))]
internal sealed partial class KeptAnswerJson : JsonSerializerContext;
