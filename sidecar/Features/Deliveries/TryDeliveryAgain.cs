using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Deliveries;

/// <summary>
/// The button on the notice that something could not be posted: whoever has mended what stood in the way (mostly by
/// inviting the bot) posts what is missing.
/// </summary>
internal sealed class TryDeliveryAgain(OutboxPump pump) : IAction<LaneRef>
{
    public static Permission Permission { get; } =
        Permission.Everybody("have something posted again");

    public static ActionKey<LaneRef> Key { get; } =
        new("delivery.try-again", DeliveriesJson.Default.LaneRef);

    public static CardControl Button(string lane) =>
        Key.Button("Post it now", new LaneRef(lane), ControlStyle.Primary);

    public async Task<Reply> Press(ActionCall<LaneRef> call, CancellationToken cancel) =>
        await pump.ReleaseLane(call.Payload.Lane, cancel) is var released and > 0
            ? Reply.Settled(
                Markdown.Of(
                    $"Trying again. If it is refused once more, I will tell you here ({released} waiting)."
                )
            )
            : Reply.Settled(Markdown.Of($"Nothing is waiting there any more."));
}

/// <summary>Which waiting effects are meant.</summary>
internal sealed record LaneRef(string Lane);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LaneRef))]
internal sealed partial class DeliveriesJson : JsonSerializerContext;

/// <summary>What people do about deliveries that were refused.</summary>
internal sealed class DeliveriesFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature.Action<TryDeliveryAgain, LaneRef>();
}
