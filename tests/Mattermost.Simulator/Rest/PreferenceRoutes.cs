using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>How people want their client to be. Nothing of it is kept: their other clients are told.</summary>
internal static class PreferenceRoutes
{
    public static void MapPreferences(this Api api) =>
        api.Put("/api/v4/users/{user_id}/preferences", Update);

    private static Answer Update(Call call)
    {
        var id = call.UserId();
        call.World.DemandSelf(call.User, id);
        var preferences = call.Json("preferences");
        if (preferences.ValueKind is not JsonValueKind.Array || preferences.GetArrayLength() == 0)
        {
            throw Refuse.Body("preferences");
        }

        call.World.Hub.Publish(
            "preferences_changed",
            Audience.User(id),
            () => new() { ["preferences"] = Wire.Go(preferences.GetRawText()) }
        );
        return Answer.Ok();
    }
}
