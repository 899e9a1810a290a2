#!/usr/bin/env pwsh
<#
.SYNOPSIS
  Builds Escalate: the sidecar, its tests, and the plugin for Mattermost's web app.
.DESCRIPTION
  A task is one call of dotnet or npm and nothing else, so each can be typed without PowerShell, from this folder:

    tools     dotnet tool restore
    restore   dotnet restore Sidecar.slnx
    format    dotnet csharpier check .
    modules   npm --prefix webapp-stub ci
    webapp    npm --prefix webapp-stub test
    package   npm --prefix webapp-stub run package
    build     dotnet build Sidecar.slnx --no-restore --configuration Release
    test      dotnet test tests/Sidecar.Tests/Sidecar.Tests.csproj --no-build --configuration Release

  Two more make the archive whose server part Mattermost runs itself; all leaves them out, since they take minutes:

    program   dotnet publish sidecar --configuration Release --runtime linux-x64 --output artifacts/server/linux-x64
    archive   npm --prefix webapp-stub run package:server

  A release has the sidecar for itself as well, for more platforms, with a bill of materials and checksums. After package,
  program and archive:

    arm       dotnet publish sidecar --configuration Release --runtime linux-arm64 --output artifacts/server/linux-arm64
    windows   dotnet publish sidecar --configuration Release --runtime win-x64 --output artifacts/server/win-x64
    bill      dotnet CycloneDX sidecar/Sidecar.csproj --output artifacts --filename bill.json --output-format Json …
    release   npm --prefix webapp-stub run package:release

  all runs them in this order: test uses the package in browsers. Needed: the .NET SDK that global.json names, and Node 20.19 or later.
.PARAMETER Task
  What to run; all, if nothing is said. Without a PowerShell on the machine: dotnet tool restore, then dotnet pwsh build.ps1.
.PARAMETER Filter
  Only the .NET tests that match, as after dotnet test --filter.
.PARAMETER SkipTests
  all leaves out test and webapp.
.EXAMPLE
  ./build.ps1 -Task test -Filter FullyQualifiedName~VersionsAgree
#>
[CmdletBinding()]
param(
    [ValidateSet('all', 'tools', 'restore', 'format', 'modules', 'webapp', 'package', 'build', 'test', 'program', 'archive', 'arm', 'windows', 'bill', 'release')]
    [string] $Task = 'all',

    [string] $Filter = '',

    [switch] $SkipTests
)

$ErrorActionPreference = 'Stop'

$tests = 'dotnet', 'test', 'tests/Sidecar.Tests/Sidecar.Tests.csproj', '--no-build', '--configuration', 'Release'
if ($Filter -ne '') {
    $tests += '--filter', $Filter
}

$calls = [ordered]@{
    tools   = 'dotnet', 'tool', 'restore'
    restore = 'dotnet', 'restore', 'Sidecar.slnx'
    format  = 'dotnet', 'csharpier', 'check', '.'
    modules = 'npm', '--prefix', 'webapp-stub', 'ci'
    webapp  = 'npm', '--prefix', 'webapp-stub', 'test'
    package = 'npm', '--prefix', 'webapp-stub', 'run', 'package'
    build   = 'dotnet', 'build', 'Sidecar.slnx', '--no-restore', '--configuration', 'Release'
    test    = $tests
    program = 'dotnet', 'publish', 'sidecar', '--configuration', 'Release', '--runtime', 'linux-x64', '--output', 'artifacts/server/linux-x64'
    archive = 'npm', '--prefix', 'webapp-stub', 'run', 'package:server'
    arm     = 'dotnet', 'publish', 'sidecar', '--configuration', 'Release', '--runtime', 'linux-arm64', '--output', 'artifacts/server/linux-arm64'
    windows = 'dotnet', 'publish', 'sidecar', '--configuration', 'Release', '--runtime', 'win-x64', '--output', 'artifacts/server/win-x64'
    bill    = 'dotnet', 'CycloneDX', 'sidecar/Sidecar.csproj', '--output', 'artifacts', '--filename', 'bill.json', '--output-format', 'Json', '--set-name', 'escalate', '--base-intermediate-output-path', 'artifacts/obj', '--disable-package-restore', '--no-serial-number', '--exclude-dev'
    release = 'npm', '--prefix', 'webapp-stub', 'run', 'package:release'
}

$names = @($Task)
if ($Task -eq 'all') {
    $names = @($calls.Keys | Where-Object { $_ -notin 'program', 'archive', 'arm', 'windows', 'bill', 'release' })
    if ($SkipTests) {
        $names = @($names | Where-Object { $_ -notin 'test', 'webapp' })
    }
}

Push-Location $PSScriptRoot
try {
    foreach ($name in $names) {
        $program, $arguments = $calls[$name]
        Write-Host "== $($name): $program $arguments"
        & $program @arguments
        if ($LASTEXITCODE -ne 0) {
            Write-Host "== $name failed ($LASTEXITCODE)"
            exit $LASTEXITCODE
        }
    }
}
finally {
    Pop-Location
}
