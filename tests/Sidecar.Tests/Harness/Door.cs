using System.Net.Http.Json;
using System.Text.Json;

namespace Sidecar.Tests.Harness;

/// <summary>Sends to the sidecar's doors what Mattermost sends, or what somebody pretends that it sent.</summary>
internal sealed class Door(Desk desk) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = desk.Address };

    public Task<HttpResponseMessage> Command(
        string text,
        string user,
        string? token = null,
        string? header = null,
        string trigger = "trigger"
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mattermost/command")
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["channel_id"] = desk.Mattermost.GetChannel(Desk.Square).Id,
                    ["command"] = "/escalate",
                    ["team_id"] = desk.Mattermost.Teams[0].Id,
                    ["text"] = text,
                    ["token"] = token ?? desk.CommandToken,
                    ["trigger_id"] = trigger,
                    ["user_id"] = desk.Mattermost.GetUser(user).Id,
                    ["user_name"] = user,
                }
            ),
        };
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        return _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> Click(string user, string? context) =>
        _http.PostAsJsonAsync(
            "/mattermost/action",
            new
            {
                user_id = desk.Mattermost.GetUser(user).Id,
                user_name = user,
                channel_id = desk.Mattermost.GetChannel(Desk.Square).Id,
                team_id = desk.Mattermost.Teams[0].Id,
                post_id = "post",
                trigger_id = "trigger",
                type = "button",
                context = new { @sealed = context },
            }
        );

    public Task<HttpResponseMessage> Submit(
        string user,
        string? state,
        object submission,
        bool cancelled = false
    ) =>
        _http.PostAsJsonAsync(
            "/mattermost/dialog",
            new
            {
                type = "dialog_submission",
                callback_id = "whatever the browser likes",
                state,
                user_id = desk.Mattermost.GetUser(user).Id,
                channel_id = "a channel that the browser chose",
                team_id = "a team that the browser chose",
                submission,
                cancelled,
            }
        );

    public Task<HttpResponseMessage> Send(
        string path,
        string body,
        string type = "application/json"
    ) => _http.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, type));

    public Task<HttpResponseMessage> Get(string path) => _http.GetAsync(path);

    public static async Task<JsonElement> Json(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    public void Dispose() => _http.Dispose();
}
