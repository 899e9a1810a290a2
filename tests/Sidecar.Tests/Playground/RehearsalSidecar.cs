using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mattermost.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sidecar.Tests.Playground;

/// <summary>
/// An integration that uses everything a chat page must be able to show, with fixed answers: it tests the page, not the
/// product, and so stays the same whatever the product does.
/// </summary>
internal sealed class RehearsalSidecar
{
    private readonly MattermostSimulator simulator;
    private readonly WebApplication app;
    private readonly RehearsalChat chat;

    private RehearsalSidecar(MattermostSimulator simulator, WebApplication app, RehearsalChat chat)
    {
        this.simulator = simulator;
        this.app = app;
        this.chat = chat;
    }

    public static async Task<RehearsalSidecar> StartAsync(
        MattermostSimulator simulator,
        string dataDir,
        CancellationToken cancel
    )
    {
        // Buttons that are already posted lead to the port of the first start.
        var kept = Path.Combine(dataDir, $"rehearsal-{simulator.Url.Port}.json");
        var known = File.Exists(kept)
            ? JsonSerializer.Deserialize<Kept>(await File.ReadAllTextAsync(kept, cancel))
            : null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, known?.Port ?? 0));
        var web = builder.Build();
        var talk = new RehearsalChat(simulator);
        var rehearsal = new RehearsalSidecar(simulator, web, talk);
        web.MapPost("/command", rehearsal.CommandAsync);
        web.MapPost("/dialog", rehearsal.DialogAsync);
        web.MapPost("/action", rehearsal.ActionAsync);
        web.MapPost("/lookup", RehearsalAges.LookUpAsync);
        await web.StartAsync(cancel);
        var address = web
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        talk.Address = new Uri(address);
        if (known is not null && simulator.Users.Any(u => u.Username == "escalate"))
        {
            talk.Token = known.Token;
            return rehearsal;
        }

        talk.Token = simulator.AddBot("escalate").Token;
        foreach (var channel in new[] { "escalations", "customer-success" })
        {
            simulator.Join(channel, "escalate");
        }

        var words = simulator.AddCommand(
            "escalate",
            new Uri(talk.Address, "/command"),
            username: "escalate"
        );
        await talk.DescribeAsync(words);
        var keep = JsonSerializer.Serialize(new Kept(talk.Address.Port, talk.Token));
        await File.WriteAllTextAsync(kept, keep, cancel);
        return rehearsal;
    }

    public async Task KillAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
        chat.Dispose();
    }

    private async Task<IResult> CommandAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var text = form["text"].ToString().Trim();
        var trigger = form["trigger_id"].ToString();
        if (text.Length == 0 || text.StartsWith("new", StringComparison.Ordinal))
        {
            await chat.OpenDialogAsync(trigger, RehearsalForms.Escalation(text), "escalation");
            return Results.Json(new { });
        }

        if (text == "fields")
        {
            await chat.OpenDialogAsync(trigger, RehearsalForms.EveryKind(), "fields");
            return Results.Json(new { });
        }

        if (text == "ages")
        {
            var owner = simulator.GetUser("lead").Id;
            var ages = RehearsalAges.Form(owner, chat.Address);
            await chat.OpenDialogAsync(trigger, ages, "ages");
            return Results.Json(new { });
        }

        var answer = text.StartsWith("list", StringComparison.Ordinal)
            ? RehearsalForms.List
            : $"There is no `{text}`. Did you mean `/escalate list`?";
        return Results.Json(
            new
            {
                response_type = "ephemeral",
                text = answer,
                skip_slack_parsing = true,
            }
        );
    }

    private async Task<IResult> DialogAsync(HttpRequest request)
    {
        var sent = (await JsonNode.ParseAsync(request.Body))!;
        if ((bool)sent["cancelled"]!)
        {
            await chat.PostAsync("town-square", "Cancelled.");
            return Results.Json(new { });
        }

        var values = sent["submission"]!;
        if (((string?)sent["state"])!.StartsWith("ages", StringComparison.Ordinal))
        {
            return Results.Json(RehearsalAges.Answer((string?)values["note"]));
        }

        if ((string?)sent["state"] == "fields")
        {
            await chat.PostAsync("town-square", $"```json\n{values.ToJsonString()}\n```");
            return Results.Json(new { });
        }

        if ((string?)values["customer"] != "abc")
        {
            return Results.Json(
                new { errors = new { customer = "There is no such customer. Known: abc." } }
            );
        }

        if (((string?)values["summary"])!.Contains("refuse", StringComparison.Ordinal))
        {
            return Results.Json(new { error = "ESC-1 is open for abc with the same category." });
        }

        await chat.PostCardAsync(
            RehearsalCard.First((string)values["summary"]!, (string)values["severity"]!)
        );
        await chat.TellAsync("engineer", "**ESC-12** of abc waits for you in ~escalations.");
        return Results.Json(new { });
    }

    private async Task<IResult> ActionAsync(HttpRequest request)
    {
        var sent = (await JsonNode.ParseAsync(request.Body))!;
        var card = sent["context"]!["card"].Deserialize<RehearsalCard>(JsonSerializerOptions.Web)!;
        var by = (string)sent["user_name"]!;
        var choice = (string?)sent["context"]!["selected_option"];
        var (next, said) = (string?)sent["context"]!["move"] switch
        {
            "acknowledge" when card.Owner.Length > 0 => (card, $"@{card.Owner} was first."),
            "acknowledge" => (
                card with
                {
                    State = "acknowledged",
                    Owner = by,
                },
                $"You acknowledged {card.Id}."
            ),
            "resolve" => (card with { State = "resolved" }, ""),
            "assign" => (card with { Owner = await chat.UserNameAsync(choice!) }, ""),
            _ => (card with { Severity = choice! }, ""),
        };
        return Results.Json(
            new { update = new { message = "", props = chat.Draw(next) }, ephemeral_text = said }
        );
    }

    private sealed record Kept(int Port, string Token);
}
