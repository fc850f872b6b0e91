namespace EventFunctions.PersonalData.Api;

/// <summary>How the master key stands.</summary>
/// <param name="Version">The version that wraps people's keys now.</param>
/// <param name="Rewrapped">How many keys this request wrapped anew.</param>
/// <param name="Remaining">How many keys another version has wrapped; ask for more to be wrapped anew until it is 0.</param>
public sealed record MasterKeyReport(string Version, int Rewrapped, long Remaining);
