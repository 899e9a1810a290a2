using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mattermost.Simulator;

/// <summary>
/// The forms of pages that stand in for Mattermost's client. A page draws what it is told and says what its reader
/// does; what is shown, asked and sent is decided here, by the same code as the forms of a <see cref="Person"/>.
/// </summary>
internal static class ScreenRoutes
{
    private const string Forms = "/_client/forms";

    public static void MapScreens(this WebApplication app, World world, Screens screens)
    {
        Map("", (call, _) => screens.OpenAsync(call.User, call.Token, Text(call, "trigger_id")));
        Map("/{form}/fill", (call, form) => form!.FillAsync(Member(call, "values")));
        Map(
            "/{form}/offers",
            (call, form) => form!.OfferAsync(Text(call, "field"), Text(call, "typed"))
        );
        Map("/{form}/submit", (_, form) => form!.SubmitAsync());
        Map("/{form}/cancel", (_, form) => form!.CancelAsync());

        void Map(string path, Func<Call, ScreenForm?, Task<JsonObject?>> handle) =>
            app.MapPost(Forms + path, http => ServeAsync(world, screens, http, handle));
    }

    private static async Task ServeAsync(
        World world,
        Screens screens,
        HttpContext http,
        Func<Call, ScreenForm?, Task<JsonObject?>> handle
    )
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var call = new Call(world, http, body.ToArray());
        Answer answer;
        try
        {
            call.Authenticate(demanded: true);
            var name = http.GetRouteValue("form") as string;
            var form = name is null ? null : screens.Find(call.User, name);
            answer =
                (name is null || form is not null) && await handle(call, form) is { } told
                    ? Answer.Json(told)
                    : Answer.Error(new AppError("", "No such form is open.", 404));
        }
        catch (RefusedException refused)
        {
            answer = Answer.Error(refused.Error);
        }

        await answer.WriteAsync(http, call.RequestId);
    }

    private static string Text(Call call, string name) => call.Json("form").Str(name) ?? "";

    private static JsonElement Member(Call call, string name) =>
        call.Json("form").Get(name) ?? Wire.EmptyObject;
}
