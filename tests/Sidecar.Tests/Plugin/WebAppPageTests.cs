using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Microsoft.Playwright;
using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sidecar.Tests.Plugin;

/// <summary>That the stand-in's page gives plugins what Mattermost 11 gives them, whatever plugin it is.</summary>
public sealed class WebAppPageTests(PluginBrowser browser) : IClassFixture<PluginBrowser>
{
    private const string InOrder = """
        registry.registerChannelHeaderButtonAction(e("i", null, "H"), () => seen.push("header"), "Menu", "Header button");
        const panel = registry.registerRightHandSidebarComponent(Panel, "Title");
        registry.registerAppBarComponent("data:,", () => store.dispatch(panel.toggleRHSPlugin), "App bar button");
        registry.registerPostDropdownMenuAction("Act", (id) => seen.push(id), (id) => store.getState().entities.posts.posts[id].message !== "not me");
        registry.registerWebSocketEventHandler("posted", (m) => seen.push(JSON.parse(m.data.post).message));
        registry.registerReconnectHandler(() => seen.push("back"));
        """;

    private const string AsObjects = """
        registry.registerChannelHeaderButtonAction({ icon: e("i", null, "H"), action: () => seen.push("header"), dropdownText: "Menu", tooltipText: "Header button" });
        const panel = registry.registerRightHandSidebarComponent({ component: Panel, title: "Title" });
        registry.registerAppBarComponent({ iconUrl: "data:,", action: () => store.dispatch(panel.toggleRHSPlugin), tooltipText: "App bar button" });
        registry.registerPostDropdownMenuAction({ text: "Act", action: (id) => seen.push(id), filter: (id) => store.getState().entities.posts.posts[id].message !== "not me" });
        registry.registerWebSocketEventHandler({ event: "posted", handler: (m) => seen.push(JSON.parse(m.data.post).message) });
        registry.registerReconnectHandler({ handler: () => seen.push("back") });
        """;

    [Theory]
    [InlineData(InOrder)]
    [InlineData(AsObjects)]
    public async Task The_registry_takes_arguments_in_order_and_as_an_object(string registers)
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await Gives(desk, registers);
        var post = await desk.Mattermost.As("tam").Post(Desk.Square, "before");
        var not = await desk.Mattermost.As("tam").Post(Desk.Square, "not me");
        await using var visit = await browser.Visit(desk, "engineer");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "App bar button" }).ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("Title");
        await Expect(visit.Panel).ToContainTextAsync("React 18.2.0");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "App bar button" }).ClickAsync();
        await Expect(visit.Panel).ToBeHiddenAsync();

        await visit.Page.Locator($"[data-post='{not.Id}']").GetByLabel("more").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Menuitem)).ToHaveCountAsync(0);
        await visit.Page.Locator($"[data-post='{post.Id}']").GetByLabel("more").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Act" }).ClickAsync();

        await desk.Mattermost.As("tam").Post(Desk.Square, "after");
        await Expect(visit.Page.Locator("#posts")).ToContainTextAsync("after");
        desk.Mattermost.DropWebSockets();
        await visit.Page.WaitForFunctionAsync("() => seen.includes('back')");
        (await visit.Page.EvaluateAsync<string[]>("() => seen")).ShouldBe([
            post.Id,
            "after",
            "back",
        ]);
    }

    [Fact]
    public async Task Where_the_app_bar_is_off_the_header_has_the_button()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await Gives(desk, InOrder);
        await using var visit = await browser.Visit(desk, "engineer", "appbar=off");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Header button" }).ClickAsync();
        (await visit.Page.EvaluateAsync<string[]>("() => seen")).ShouldBe(["header"]);
        await Expect(visit.Page.Locator("#app-bar button")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_the_stand_in_does_not_have_says_so_when_it_is_used()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await Gives(desk, "");
        await using var visit = await browser.Visit(desk, "engineer");
        (
            await Should.ThrowAsync<PlaywrightException>(() =>
                visit.Page.EvaluateAsync("() => window.ReactRedux.connect")
            )
        ).Message.ShouldContain("no ReactRedux.connect");
        (
            await visit.Page.EvaluateAsync<string>(
                "() => PostUtils.formatText('<img src=x onerror=alert(1)> **b** `<i>` https://x.test')"
            )
        ).ShouldBe(
            "&lt;img src=x onerror=alert(1)&gt; <strong>b</strong> <code>&lt;i&gt;</code> <a href=\"https://x.test\" rel=\"noreferrer\">https://x.test</a>"
        );
    }

    [Fact]
    public async Task A_request_with_the_cookie_and_without_the_CSRF_token_is_nobodys()
    {
        browser.SkipWithoutBuild();
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await using var visit = await browser.Visit(desk, "engineer");
        var status = await visit.Page.EvaluateAsync<int>(
            "async () => (await fetch('/api/v4/commands/execute', { method: 'POST', body: '{}' })).status"
        );
        status.ShouldBe(401);
    }

    private static async Task Gives(Desk desk, string registers)
    {
        var code = $$"""
            window.seen = [];
            window.registerPlugin("tiny", {
              initialize(registry, store) {
                const e = React.createElement;
                const Panel = () => e("p", null, "React " + React.version);
                {{registers}}
              },
              uninitialize() {},
            });
            """;
        const string manifest = """
            {"id":"tiny","name":"Tiny","version":"1.0.0","min_server_version":"10.0.0","webapp":{"bundle_path":"webapp/dist/main.js"}}
            """;
        using var archive = new MemoryStream();
        using (var zipped = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zipped))
        {
            Add(tar, "tiny/plugin.json", manifest);
            Add(tar, "tiny/webapp/dist/main.js", code);
        }

        await desk.Mattermost.InstallPluginAsync(
            archive.ToArray(),
            "tiny",
            TestContext.Current.CancellationToken
        );
    }

    private static void Add(TarWriter tar, string name, string content) =>
        tar.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
            }
        );
}
