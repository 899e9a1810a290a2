using Microsoft.Playwright;
using Shouldly;
using static Microsoft.Playwright.Assertions;

namespace Sidecar.Tests.Playground;

/// <summary>The pictures of the pages in <c>docs/</c>: one story in the playground, and what is taken of it.</summary>
/// <param name="visit">The playground, open as the TAM.</param>
/// <param name="folder">Where the pictures go.</param>
internal sealed class DocsPictures(PlaygroundVisit visit, string folder)
{
    /// <summary>A window as wide as a page with a list of channels needs; nothing else is in its pictures.</summary>
    public const int Width = 1000;

    /// <summary>Tall enough for a whole card.</summary>
    public const int Height = 820;

    private const int MostTries = 20;
    private const string Incident = "sev1-northern-20270112";

    /// <summary>
    /// A Tuesday, since check-ins are on Wednesdays unless somebody plans them otherwise. It is the playground's time in
    /// each picture, whenever they are made.
    /// </summary>
    public static DateTimeOffset StartsAt { get; } = new(2027, 1, 12, 9, 0, 0, TimeSpan.Zero);

    private static readonly LocatorScreenshotOptions Still = new()
    {
        Animations = ScreenshotAnimations.Disabled,
        Caret = ScreenshotCaret.Hide,
        // What comes and goes by itself, or with the mouse.
        Style = ".toasts, .post-tools { display: none !important; }",
    };

    private IPage Page => visit.Page;

    private ILocator LastPost => Page.Locator("main .post").Last;

    /// <summary>Plays the story and takes all of them.</summary>
    public async Task TakeAsync()
    {
        await RaiseAsync();
        await WorkAsync();
        await LeadAsync();
        await CheckInAsync();
        await SetUpAsync();
    }

    private async Task RaiseAsync()
    {
        await Expect(Page.Locator("main")).ToContainTextAsync("Nobody can log in");
        await visit.SayAsync("/escalate");
        await Choose("Customer", "harb");
        // The form is drawn anew with what is known of the customer.
        await Expect(visit.Dialog).ToContainTextAsync("Open for Harbour Logistics");
        await Choose("Severity", "Sev 1");
        await Expect(visit.Dialog).ToContainTextAsync("Raised at once");
        await visit.Dialog.GetByLabel("Summary").FillAsync("Nobody can log in since the upgrade");
        await Take("raising-form", visit.Dialog);
        await Press("Cancel", visit.Dialog);

        await Take("raising-card", Post("Nobody can log in"));

        await Page.SetViewportSizeAsync(390, 760);
        await visit.SayAsync("/escalate list");
        await Expect(LastPost).ToContainTextAsync("Open escalations");
        await LastPost.ScrollIntoViewIfNeededAsync();
        await Take("raising-phone", Page.Locator("body"));
        await Page.SetViewportSizeAsync(Width, Height);
    }

    private async Task WorkAsync()
    {
        await visit.PlayAsAsync("engineer");
        await OpenTheBotsMessages();
        await Take("engineering-called", Post("You are on duty"));
        await Press("Acknowledge", Post("You are on duty"));
        await Open(Incident, "ESC-3 · Sev 1 · Northern Bank");
        await Expect(Post("Nobody can log in")).ToContainTextAsync("Acknowledged");
        await Press("✓ 1.3", Post("Sev 1 outage"));
        await Expect(Post("Sev 1 outage")).ToContainTextAsync("3 of 41");
        await Take("engineering-checklist", Post("Sev 1 outage"));

        await visit.SayAsync(
            "/escalate update ESC-3 The certificate of their directory has expired. A new one is being rolled out."
        );
        await visit
            .Dialog.GetByLabel("Customer impact")
            .FillAsync("Nobody can log in; who was logged in still works.");
        await Take("engineering-update", visit.Dialog);
        await Press("Post update", visit.Dialog);
        await Expect(Page.Locator("main")).ToContainTextAsync("SEV1 outage");
        await Page.SetViewportSizeAsync(Width, 440);
        await LastPost.ScrollIntoViewIfNeededAsync();
        await Take("playground", Page.Locator("main"));
        await Page.SetViewportSizeAsync(Width, Height);
    }

    private async Task LeadAsync()
    {
        await visit.PlayAsAsync("tam");
        await Open("escalations", "escalations");
        await visit.SayAsync("/escalate engineer request harbour");
        await visit
            .Dialog.GetByLabel("Why?")
            .FillAsync("Three upgrades a year, each with questions");
        await Press("Request", visit.Dialog);
        await Expect(visit.Dialog).ToHaveCountAsync(0);

        await visit.PlayAsAsync("lead");
        await OpenTheBotsMessages();
        await Take("leading-vetting", Post("requests an assigned engineer"));
        await Press("Approve", Post("requests an assigned engineer"));
        await Expect(LastPost).ToContainTextAsync("is approved by all");
        await Open("escalations", "escalations");
        await visit.SayAsync("/escalate engineer assign ASG-1 @engineer");
        await Expect(LastPost).ToContainTextAsync("is the assigned support engineer");
        await visit.SayAsync("/escalate load");
        await Expect(LastPost).ToContainTextAsync("Load of engineers");
        await Take("leading-load", LastPost);
        await visit.SayAsync("/escalate why ESC-2");
        await Expect(LastPost).ToContainTextAsync("ESC-2");
        await Take("leading-why", LastPost);
    }

    private async Task CheckInAsync()
    {
        await Press("Next working day", Page.Locator("#sidebar"));
        await visit.PlayAsAsync("engineer");
        await OpenTheBotsMessages();
        await Take("engineering-checkin", Post("Answer now"));
    }

    private async Task SetUpAsync()
    {
        await visit.PlayAsAsync("lead");
        await OpenTheBotsMessages();
        await visit.SayAsync("/escalate setup");
        var card = Post("Set-up:");
        // Narrower, since it is the fullest of all.
        await Page.SetViewportSizeAsync(840, Height);
        await Take("administering-setup", card.Locator(".attachment"));
        await Press("Give roles", card);
        await Take("administering-roles", visit.Dialog);
        await Press("Cancel", visit.Dialog);
    }

    private ILocator Post(string says) => Page.Locator("main .post", new() { HasText = says }).Last;

    private Task OpenTheBotsMessages() => Go("messages/@escalate", "escalate");

    private Task Open(string channel, string title) => Go($"channels/{channel}", title);

    /// <summary>By the address: the list of channels moves while messages come in.</summary>
    private async Task Go(string place, string title)
    {
        await Page.EvaluateAsync("place => { location.hash = place; }", $"#/{place}");
        await Expect(Page.Locator("main h1 .channel-name")).ToHaveTextAsync(title);
    }

    private async Task Choose(string field, string typed)
    {
        await visit.Dialog.GetByRole(AriaRole.Combobox, new() { Name = field }).FillAsync(typed);
        await visit.Dialog.GetByRole(AriaRole.Option).First.ClickAsync();
    }

    private static Task Press(string button, ILocator within) =>
        within.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private async Task Take(string name, ILocator what)
    {
        await Page.Mouse.MoveAsync(0, 0);
        await Page.EvaluateAsync("document.activeElement.blur()");
        await what.ScrollIntoViewIfNeededAsync();
        for (var left = MostTries; left > 0; left--)
        {
            var before = await PlaceOf(what);
            var picture = await what.ScreenshotAsync(Still);
            // A message that comes meanwhile moves everything above it.
            if (await PlaceOf(what) == before)
            {
                picture.Length.ShouldBeLessThan(DocsPicturesTests.LargestPicture, name);
                await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), picture);
                return;
            }
        }

        throw new InvalidOperationException($"{name} does not stand still.");
    }

    private static async Task<(float X, float Y)?> PlaceOf(ILocator what) =>
        await what.BoundingBoxAsync() is { } box ? (box.X, box.Y) : null;
}
