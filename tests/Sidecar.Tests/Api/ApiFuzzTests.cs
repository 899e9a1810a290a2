using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Shouldly;
using Sidecar.Features.Customers;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Api;

/// <summary>
/// The description against what the endpoints do, by requests that are made of it, good and bad ones (API-1). With
/// <c>ESCALATE_API_FUZZ=100000</c> as many are sent, with <c>ESCALATE_API_SEED</c> the same again.
/// </summary>
public sealed class ApiFuzzTests(ITestOutputHelper output)
{
    private const string Notes = "only-the-incident-knows";
    private const string Hidden = "Quietwater";
    private const int Usual = 2000;
    private const int Revenue = 987_654;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task API_1_The_description_is_one_that_its_readers_take()
    {
        await using var desk = await Desk.Open();
        using var api = new ApiDesk(desk, null);
        var text = (await api.Get("/api/v1/openapi.json")).Body;
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        var read = OpenApiDocument.Load(stream, "json", new OpenApiReaderSettings());
        read.Diagnostic.ShouldNotBeNull().Errors.ShouldBeEmpty();
        read.Diagnostic.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        var described = await Description.Of(api);
        described.Calls.Select(c => c.Id).ShouldBeUnique();
        described.Calls.Count.ShouldBe(Sidecar.Api.Resources.ApiOperations.All.Length);
        foreach (var call in described.Calls)
        {
            call.Of["summary"]!.GetValue<string>().ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task API_1_Fuzzed_requests_get_what_the_description_says_never_500_and_leak_nothing()
    {
        var seed = Number("ESCALATE_API_SEED") ?? Environment.TickCount64;
        var count = (int)(Number("ESCALATE_API_FUZZ") ?? Usual);
        output.WriteLine($"seed {seed}, {count} requests");
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        desk.Mattermost.AddUser("stranger");
        desk.Mattermost.Join(Desk.Square, "stranger");
        desk.Mattermost.AddUser("helper");
        desk.Mattermost.Join(Desk.Square, "helper");
        await desk.Knows("quietwater", Hidden, Revenue);
        await desk.Grants("admin", Role.CustomerSuccessLead);
        await desk.Grants("lead", Role.ImplementationLead, Role.SalesLead);
        await desk.Grants("engineer", Role.ImplementationEngineer, Role.SupportEngineer);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("tam", "/escalate new acme-labs sev3 Slow");
        await desk.Types("engineer", "/escalate playbook start ESC-1");
        await desk.Types("tam", "/escalate implementation quietwater");
        await desk.Submits("tam", ("type", "ProductionDeployment"), ("information", Notes));
        using var engineer = await ApiDesk.Of(desk, "engineer");
        await engineer.Post(
            "/escalations/ESC-1/updates",
            new { summary = "We look", technicalNotes = Notes }
        );
        using var lead = await ApiDesk.Of(desk, "lead", "lead write audit:read");
        using var cs = await ApiDesk.Of(desk, "admin", "cs write");
        using var stranger = await ApiDesk.Of(desk, "stranger", "stranger write audit:read");
        using var reader = await ApiDesk.Of(desk, "lead", "reader read");
        using var nobody = new ApiDesk(desk, "escalate_1_" + new string('0', 64));
        (ApiDesk Api, bool MayNotKnow)[] programs =
        [
            (engineer, false),
            (lead, false),
            (cs, false),
            (stranger, true),
            (reader, false),
            (nobody, true),
        ];
        var isPrivate = (await stranger.Get("/escalations/ESC-1/timeline")).Status == 403;
        isPrivate.ShouldBeTrue();

        var description = await Description.Of(nobody);
        var chance = new Seeded(seed);
        var made = new MadeRequests(
            chance,
            new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["id"] =
                [
                    "ESC-1",
                    "ESC-2",
                    "ESC-3",
                    "ASG-1",
                    "IMP-1",
                    "SRV-1",
                    "SRV-2",
                    "esc2",
                    "1",
                ],
                ["key"] = ["acme", "acme-labs", "quietwater", "nobody"],
                // Whose escalation is raised is known to everybody from then on, as in the chat.
                ["customer"] = ["acme", "acme-labs", "Somebody New"],
                ["channel"] = [desk.Mattermost.GetChannel(Desk.Square).Id],
                ["owner"] = ["@engineer", "@lead", "@guest", "@nobody", desk.IdOf("tam").Value],
                ["subject"] = ["ESC-1", "customer:quietwater", "token:TOK-1"],
                ["q"] = ["ac", "quiet", "x y z"],
                ["by"] = ["@engineer", desk.IdOf("tam").Value],
                ["dueOn"] = ["2026-04-01", "2026-12-24"],
                ["period"] = ["week", "month", "2026-03", "2026-q1", "2026-13"],
                ["opportunity"] = ["https://crm.example.com/7", "none"],
                ["questionnaire"] = ["https://docs.example.com/questions"],
                ["designDocument"] = ["https://docs.example.com/design"],
                ["engineer"] = ["@engineer", "@lead", desk.IdOf("tam").Value],
                ["ce"] = ["@engineer", desk.IdOf("tam").Value],
                ["customerEngineer"] = ["@engineer", "@lead", desk.IdOf("tam").Value],
                ["backUp"] = ["@engineer", "@lead"],
                // Whoever is given a task comes into the incident's channel, and may read it then (ALL-7): not the stranger,
                // who is never to know.
                ["assignee"] = ["@engineer", "@helper", "@guest"],
                ["to"] = ["@engineer", "@lead", "Their CTO"],
                ["task"] = ["1.1", "2.1", "2.3", "3.1", "9.9"],
                ["stage"] = ["1", "2", "9"],
                ["into"] = ["ESC-1", "ESC-2", "ESC-3"],
                ["from"] = ["ESC-1", "ESC-2"],
                ["time"] = ["14:00", "10:30", "25:00"],
                ["timeZone"] = ["Europe/Berlin", "UTC", "Nowhere"],
                ["link"] = ["https://docs.example.com/7", "none"],
                ["bug"] = ["https://bugs.example.com/7", "none"],
                ["playbook"] = ["sev1", "none"],
            }
        );
        var statuses = new SortedDictionary<int, int>();
        for (var i = 0; i < count; i++)
        {
            var call = description.Calls[chance.Below(description.Calls.Count)];
            var (api, mayNotKnow) = programs[chance.Below(programs.Length)];
            var (path, body, headers) = made.Make(call);
            var reply = await api.Send(new HttpMethod(call.Method), path, body, [.. headers]);
            var told =
                $"seed {seed}, request {i}: {call.Method} {path} {body} -> {reply.Status} {reply.Body}";
            if (reply.Status < 300 && call.Method != "GET" && path.Contains("/implementations"))
            {
                // The clock stands still: what each makes due would be due at the same moment.
                await desk.Settled();
            }

            statuses[reply.Status] = statuses.GetValueOrDefault(reply.Status) + 1;
            reply.Status.ShouldBeLessThan(500, told);
            description.Problems(call, reply).ShouldBeEmpty(told);
            if (mayNotKnow)
            {
                reply.Body.ShouldNotContain(Notes, Case.Sensitive, told);
                reply.Body.ShouldNotContain($"{Revenue}", Case.Sensitive, told);
                reply.Body.ShouldNotContain(Hidden, Case.Sensitive, told);
            }
        }

        await desk.Settled();
        output.WriteLine(string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}")));
        desk.Log.Errors.ShouldBeEmpty();
        foreach (var status in (int[])[200, 400, 401, 403, 404])
        {
            statuses.Keys.ShouldContain(status);
        }
    }

    private static long? Number(string variable) =>
        long.TryParse(
            Environment.GetEnvironmentVariable(variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
