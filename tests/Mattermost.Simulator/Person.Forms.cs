using System.Runtime.CompilerServices;

namespace Mattermost.Simulator;

public sealed partial class Person
{
    private readonly FormClient forms;
    private readonly ConditionalWeakTable<OpenedDialog, FormOnScreen> drawn = [];

    /// <summary>The dialog that this user's client shows, or null.</summary>
    public OpenedDialog? OpenDialog => world.Dialogs.OpenFor(User.Id);

    /// <summary>
    /// What stands in a field of the open dialog, as the reader sees it: null when it is empty. A preset person or
    /// channel is not shown on 11.6.
    /// </summary>
    public object? ShownIn(string field) => OnScreen(Opened()).Shown(field);

    /// <summary>What the open dialog says when it could not be drawn anew after a change of a field; else empty.</summary>
    public string TroubleShown => OnScreen(Opened()).Trouble;

    /// <summary>What a list of the open dialog offers once this was typed into it, letter by letter.</summary>
    public Task<IReadOnlyList<Option>> OfferedIn(string field, string typed = "") =>
        OnScreen(Opened()).OfferedAsync(field, typed);

    /// <summary>
    /// Fills in fields of the open dialog without submitting it, and returns the dialog as it is then: a field with
    /// <c>refresh</c> may have changed it (11.x). Null or an empty text empties a field.
    /// </summary>
    public Task<OpenedDialog> FillIn(params (string Name, object? Value)[] values) =>
        FillIn(Opened(), values);

    internal async Task<OpenedDialog> FillIn(
        OpenedDialog dialog,
        params (string Name, object? Value)[] values
    )
    {
        var form = OnScreen(dialog);
        await form.FillAsync(InOrder(values));
        return Remember(form);
    }

    /// <summary>
    /// Fills in a dialog and submits it. A choice is named by what the reader sees or by its value, a user or channel by
    /// name or id, several by a list; null or an empty text empties a field. What is not given stays as it is on the
    /// screen: as it was typed before, or the preset, if this age's client shows it. A client refuses to send what is
    /// required and missing, too short, too long or no number.
    /// </summary>
    public async Task<DialogOutcome> SubmitDialog(
        OpenedDialog dialog,
        IReadOnlyDictionary<string, object?> values
    )
    {
        var form = OnScreen(dialog);
        await form.FillAsync(values);
        Remember(form);
        var refused = form.Problems();
        return refused.Count > 0
            ? new DialogOutcome(0, null, "", refused, null, [])
            : await SendAsync(form, form.Submission(), cancelled: false);
    }

    /// <summary>Submits to the open dialog, which must exist.</summary>
    public Task<DialogOutcome> SubmitDialog(params (string Name, object? Value)[] values) =>
        SubmitDialog(Opened(), InOrder(values));

    /// <summary>Puts a dialog away; the integration hears of it only when it asked to.</summary>
    public async Task CancelDialog(OpenedDialog dialog)
    {
        var first = dialog.First ?? dialog;
        if (first.NotifyOnCancel)
        {
            await SendAsync(
                OnScreen(first),
                new Dictionary<string, object?>(StringComparer.Ordinal),
                cancelled: true
            );
        }

        world.Dialogs.Replace(User.Id, null);
    }

    /// <summary>Sends a submission as it is: whatever a browser could be made to send.</summary>
    public Task<DialogOutcome> SubmitRaw(
        OpenedDialog dialog,
        IReadOnlyDictionary<string, object?> submission,
        bool cancelled
    ) => SendAsync(OnScreen(dialog), submission, cancelled);

    /// <summary>What a list of a dialog offers after one more letter.</summary>
    internal Task<IReadOnlyList<Option>> OfferedAfter(
        OpenedDialog dialog,
        string field,
        string typed
    ) => OnScreen(dialog).AfterLetterAsync(field, typed);

    internal string TroubleOf(OpenedDialog dialog) => OnScreen(dialog).Trouble;

    /// <summary>What stands in the fields of a dialog, and with which words the lists show it.</summary>
    internal (
        IReadOnlyDictionary<string, object?> Values,
        IReadOnlyDictionary<string, string> Texts
    ) AllShown(OpenedDialog dialog) => (OnScreen(dialog).AllShown, OnScreen(dialog).Texts());

    /// <summary>How the server is, as far as its clients look at it.</summary>
    internal ServerVersion Version => world.Version;

    internal bool DrawsFormsAsApps => world.Config.Current.DrawsFormsAsApps;

    private async Task<DialogOutcome> SendAsync(
        FormOnScreen form,
        IReadOnlyDictionary<string, object?> submission,
        bool cancelled
    )
    {
        Begin();
        var sent = await forms.SendAsync(
            "/api/v4/actions/dialogs/submit",
            form.Dialog,
            form.Dialog.Url,
            submission,
            cancelled
        );
        var outcome = form.Read(sent) with { Sent = submission };
        if (outcome.Next is { } next)
        {
            drawn.AddOrUpdate(next, form.Next(next));
        }

        if (outcome.Closed || outcome.Next is not null)
        {
            world.Dialogs.Replace(User.Id, outcome.Next);
        }

        return outcome;
    }

    private FormOnScreen OnScreen(OpenedDialog dialog) =>
        drawn.GetValue(dialog, d => FormOnScreen.Draw(forms, d));

    /// <summary>The dialog may be another one after a change of a field; what was typed belongs to that one, too.</summary>
    private OpenedDialog Remember(FormOnScreen form)
    {
        drawn.AddOrUpdate(form.Dialog, form);
        return form.Dialog;
    }

    private OpenedDialog Opened() =>
        OpenDialog
        ?? throw new InvalidOperationException($"No dialog is open at {User.Username}'s client.");

    private static OrderedDictionary<string, object?> InOrder((string Name, object? Value)[] values)
    {
        var ordered = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            ordered[name] = value;
        }

        return ordered;
    }
}
