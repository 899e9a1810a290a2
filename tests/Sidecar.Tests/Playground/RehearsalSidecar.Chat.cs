using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mattermost.Simulator;

namespace Sidecar.Tests.Playground;

/// <summary>What the rehearsal does at the server, as its bot.</summary>
internal sealed class RehearsalChat(MattermostSimulator simulator) : IDisposable
{
    private readonly HttpClient http = new(
        new SocketsHttpHandler { UseProxy = false, UseCookies = false }
    )
    {
        BaseAddress = simulator.Url,
    };

    public Uri Address { get; set; } = simulator.Url;

    public string Token { get; set; } = "";

    public void Dispose() => http.Dispose();

    public async Task DescribeAsync(Command command) =>
        await SendAsync(
            HttpMethod.Put,
            $"/api/v4/commands/{command.Id}",
            new
            {
                id = command.Id,
                team_id = command.TeamId,
                trigger = command.Trigger,
                url = command.Url,
                method = "P",
                auto_complete = true,
                auto_complete_hint = "[new|list|fields|help]",
                auto_complete_desc = "File and follow customer escalations",
                display_name = "Escalate",
                username = command.Username,
            },
            simulator.AdminToken
        );

    public Task OpenDialogAsync(string trigger, object dialog, string state)
    {
        var withState = System.Text.Json.JsonSerializer.SerializeToNode(dialog)!;
        withState["state"] = state;
        return SendAsync(
            HttpMethod.Post,
            "/api/v4/actions/dialogs/open",
            new
            {
                trigger_id = trigger,
                url = new Uri(Address, "/dialog").AbsoluteUri,
                dialog = withState,
            },
            Token
        );
    }

    public Task PostAsync(string channel, string message) =>
        SendAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new { channel_id = simulator.GetChannel(channel).Id, message },
            Token
        );

    public Task PostCardAsync(RehearsalCard card) =>
        SendAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new
            {
                channel_id = simulator.GetChannel("escalations").Id,
                message = "",
                props = Draw(card),
            },
            Token
        );

    public Task TellAsync(string user, string message) =>
        SendAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new { channel_id = simulator.DirectChannel("escalate", user).Id, message },
            Token
        );

    public Task<string> UserNameAsync(string id) => Task.FromResult(simulator.GetUser(id).Username);

    public object Draw(RehearsalCard card) =>
        RehearsalForms.Props(card, new Uri(Address, "/action").AbsoluteUri);

    private async Task<JsonNode?> SendAsync(
        HttpMethod method,
        string path,
        object body,
        string token
    )
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(answer)
            : throw new InvalidOperationException($"{method} {path}: {answer}");
    }
}
