using System.Text.Json.Serialization;
using Sidecar.Storage;

namespace Sidecar.Mattermost;

/// <summary>Up to when all reactions have been handled; kept in the store, so that the next life looks up what it missed.</summary>
/// <param name="At">By our clock, UTC.</param>
internal sealed record ListenedUntil(DateTimeOffset At)
{
    public const string Id = "reactions";

    public static DocumentKind<ListenedUntil> Kind { get; } =
        new("listened-until", ListenedUntilJson.Default.ListenedUntil);

    public static async Task<DateTimeOffset?> Read(Store store, CancellationToken cancel) =>
        (await store.Find(Kind, Id, cancel))?.Value.At;

    /// <summary>Notes a time; an earlier one than is noted already is left alone.</summary>
    public static async Task Note(Store store, DateTimeOffset at, CancellationToken cancel)
    {
        while (true)
        {
            var known = await store.Find(Kind, Id, cancel);
            if (known?.Value.At >= at)
            {
                return;
            }

            var change = new Change(at, "listening");
            _ = known is null
                ? change.Add(Kind, Id, new ListenedUntil(at))
                : change.Replace(Kind, known, new ListenedUntil(at));
            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ListenedUntil))]
internal sealed partial class ListenedUntilJson : JsonSerializerContext;
