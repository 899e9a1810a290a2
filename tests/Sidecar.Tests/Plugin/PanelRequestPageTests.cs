using Microsoft.Playwright;
using Shouldly;
using Sidecar.Features.ServiceRequests;
using Sidecar.Tests.Features.ServiceRequests;
using Sidecar.Tests.Harness;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Sidecar.Tests.Plugin;

/// <summary>Requests in the panel as people use it, in a browser, with the whole product behind it.</summary>
public sealed class PanelRequestPageTests(PluginBrowser browser) : IClassFixture<PluginBrowser>
{
    [Fact]
    public async Task SRV_1_SRV_2_Requests_are_listed_opened_moved_and_made_with_the_keyboard()
    {
        await using var desk = await Given();
        await using var visit = await browser.Open(desk, ServiceDesk.Csm);
        await visit.OpensPanel();
        var keys = visit.Page.Keyboard;
        await visit.Panel.GetByRole(AriaRole.Tab).First.FocusAsync();
        foreach (var key in (string[])["ArrowRight", "ArrowRight", "ArrowRight", "Enter"])
        {
            await keys.PressAsync(key);
        }

        (await visit.Ids(2)).ShouldBe(["SRV-2", "SRV-1"]);
        await visit.Rows.First.FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(visit.Panel.Locator("#escalate-headline")).ToBeFocusedAsync();
        await Expect(visit.Panel).ToContainTextAsync("prepared the statement of work");
        await visit
            .Panel.GetByRole(AriaRole.Button, new() { Name = "Record the sign-off" })
            .FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(visit.Dialog).ToContainTextAsync("Sign-off of SRV-2");
        await visit.Dialog.Locator("[name=how]").SelectOptionAsync("verbally");
        await visit.Dialog.Locator("[name=who]").FillAsync("Their CTO");
        await visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Dialog).ToHaveCountAsync(0);
        await desk.Settled();
        (await desk.Service(2)).State.ShouldBe(ServiceState.SignedOff);
        await Expect(visit.Panel).ToContainTextAsync("recorded the sign-off");

        await visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Back" }).FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(visit.Panel.Locator("[data-id=SRV-2]")).ToBeFocusedAsync();
        await visit
            .Panel.Locator(".escalate-kind")
            .Filter(new() { Has = visit.Page.Locator("[data-id=SRV-1]") })
            .Locator(".escalate-kind-head button")
            .ClickAsync();
        await Expect(visit.Dialog).ToContainTextAsync("New service request");
    }

    [Theory]
    [InlineData("denim", 1280)]
    [InlineData("onyx", 1280)]
    [InlineData("denim", 360)]
    [InlineData("onyx", 360)]
    public async Task Requests_can_be_read_in_every_theme_and_width(string theme, int width)
    {
        await using var desk = await Given();
        await using var visit = await browser.Open(
            desk,
            ServiceDesk.Csm,
            $"theme={theme}&appbar=off",
            width
        );
        await visit.OpensPanel();
        await visit.Chooses("Requests");
        await visit.Ids(2);
        await visit.IsAccessible();
        await visit.Fits();
        await visit.Looks($"requests-{theme}-{width}");
        await visit.Rows.Nth(1).ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("recorded the sign-off");
        await visit.IsAccessible();
        await visit.Fits();
        await visit.Looks($"request-{theme}-{width}");
    }

    private async Task<Desk> Given()
    {
        browser.SkipWithoutBuild();
        var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.SignedOff);
        await desk.Prepares(customer: "acme-labs", otherwise: ("due_on", "2026-03-12"));
        await desk.PassesTo(Desk.Morning.AddDays(11));
        return desk;
    }
}
