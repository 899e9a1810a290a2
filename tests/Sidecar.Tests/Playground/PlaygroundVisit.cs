using System.Collections.Concurrent;
using global::Playground;
using Mattermost.Simulator;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Playground;

/// <summary>A page that is open in a browser, with the playground behind it.</summary>
internal sealed class PlaygroundVisit : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly string data;
    private readonly ConcurrentQueue<string> faults = new();

    public PlaygroundVisit(PlaygroundHost host, IBrowserContext context, IPage page, string data)
    {
        this.context = context;
        this.data = data;
        Host = host;
        Page = page;
        page.PageError += (_, fault) => faults.Enqueue(fault);
    }

    public PlaygroundHost Host { get; }

    public IPage Page { get; }

    public MattermostSimulator Simulator => Host.Simulator;

    public ILocator Composer => Page.Locator("main .composer textarea");

    public ILocator Dialog => Page.Locator("dialog[open]");

    public ILocator Card => Page.Locator("main .attachment").Last;

    public async Task SayAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    public async Task PlayAsAsync(string account)
    {
        await Page.Locator($"[data-account={account}]").ClickAsync();
        await Assertions
            .Expect(Page.Locator($"[data-account={account}]"))
            .ToHaveAttributeAsync("aria-checked", "true");
    }

    /// <summary>Files an escalation by the dialog and waits for its card.</summary>
    public async Task FileAsync(string summary)
    {
        await SayAsync($"/escalate new abc {summary}");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "File it" }).ClickAsync();
        await Assertions.Expect(Card).ToContainTextAsync(summary);
    }

    /// <summary>Ends the visit; the page must have neither failed nor asked for what Mattermost does not have.</summary>
    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        var asked = Simulator.Violations;
        await Host.DisposeAsync();
        Directory.Delete(data, recursive: true);
        faults.ShouldBeEmpty();
        asked.ShouldBeEmpty();
    }
}
